// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>

class QDialog;

namespace latchkey {

class Clock;
class CredentialChanges;
class Inventory;
class KeyVault;
class MainActions;
class MainWindow;
class PlanMaker;
class PlanRunner;
class Profiles;
struct ImportServices;

/// Opens the dialogs that bring a configuration out (`exportDialog`) and in (`importDialog`), and compare
/// with one (`compareDialog`): one at a time.
class TransferOpener : public QObject
{
    Q_OBJECT
public:
    /// All must outlive the window, which owns this.
    struct Parts
    {
        Profiles &profiles;
        Inventory &inventory;
        KeyVault &vault;
        CredentialChanges &changes;
        PlanMaker &planMaker;
        PlanRunner &planRunner;
        const Clock &clock;
    };
    using Selected = std::function<QList<InstanceAddress>()>;

    TransferOpener(const MainActions &actions, Parts parts, Selected selected, MainWindow &window);

private:
    void exportConfiguration();
    void askForFile(bool onlyCompares);
    void openFile(const QString &file, bool onlyCompares);
    [[nodiscard]] ImportServices services();
    /// True, and the open dialog comes to the front, where there is one.
    [[nodiscard]] bool raiseOpen();
    void open(QDialog *dialog);

    Parts m_parts;
    Selected m_selected;
    MainWindow &m_window;
    QPointer<QDialog> m_open;
    QThreadPool m_pool; ///< For files: one after the other.
};

} // namespace latchkey
