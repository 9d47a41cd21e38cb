// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QList>
#include <QObject>

class QTableView;

namespace latchkey {

class InstanceFilterModel;

/// Keeps selection and current row by address while the filter model resets, which it does at every keystroke
/// of the search. The one selected row that a search hides is selected again when it comes back, until the
/// user selects something else. Of several selected rows, those that are hidden leave the selection for good.
class SelectionKeeper : public QObject
{
    Q_OBJECT
public:
    /// Construct after the view has the model; both must outlive this.
    SelectionKeeper(QTableView &view, InstanceFilterModel &model, QObject *parent = nullptr);

Q_SIGNALS:
    /// Restored after a reset: the view's own signals are not sent for a reset.
    void restored();

private:
    void remember();
    void restore();

    QTableView &m_view;
    InstanceFilterModel &m_model;
    QList<InstanceAddress> m_selected; ///< Before a reset.
    QList<InstanceAddress> m_hidden;   ///< The selected one, where it is not in the model now.
    InstanceAddress m_current;
    bool m_restoring = false;
};

} // namespace latchkey
