// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QToolButton;

namespace latchkey {

class CredentialDetailsModel;
class SelectableText;

/// The rows of a CredentialDetailsModel below each other, each value selectable and with a button that copies
/// it. Object names: `value_<field>` and `copy_<field>`. Values change in place, so that a text selection
/// survives.
class FieldList : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive the list.
    explicit FieldList(const CredentialDetailsModel &model, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QLabel *label;
        SelectableText *value;
        QToolButton *copy;
    };
    void rebuild();
    [[nodiscard]] Row makeRow(int line);
    void fill(int first, int last);

    const CredentialDetailsModel &m_model;
    QGridLayout *m_grid;
    QList<Row> m_rows;
};

} // namespace latchkey
