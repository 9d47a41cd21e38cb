// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/editordialog.h"

#include "ui/common/note.h"
#include "ui/common/problempanel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int roomForFrame = 56; // Title bar and a little air.
} // namespace

EditorDialog::EditorDialog(QWidget *parent)
    : QDialog(parent)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_problem(new ProblemPanel(this))
    , m_footer(new QWidget(this))
    , m_hint(new QLabel(this))
    , m_buttons(new QDialogButtonBox(this))
    , m_act(new QPushButton(this))
    , m_discardFooter(new QWidget(this))
{
    auto *column = new QVBoxLayout(this);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setObjectName(u"heading"_s);
    m_subtitle->setObjectName(u"subheading"_s);
    for (QLabel *label : {m_title, m_subtitle}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        column->addWidget(label);
    }

    auto *content = new QWidget(m_scroll);
    content->setObjectName(u"content"_s);
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(0, 6, 6, 6);
    m_body->setSpacing(10);
    content->installEventFilter(this);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    // The page's colour, not the darker one of a list.
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    column->addWidget(m_scroll, 1);
    // QScrollArea follows the focus only where Tab moves it.
    connect(qApp, &QApplication::focusChanged, this, [this, content](QWidget *, QWidget *now) {
        if (now && content->isAncestorOf(now))
            m_scroll->ensureWidgetVisible(now, 20, 40);
    });
    column->addWidget(m_problem);
    buildFooter(column);
}

void EditorDialog::buildFooter(QVBoxLayout *column)
{
    m_hint->setObjectName(u"hint"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_act->setObjectName(u"actButton"_s);
    m_cancel = m_buttons->addButton(QDialogButtonBox::Cancel);
    m_cancel->setObjectName(u"cancelButton"_s);
    m_cancel->setIcon({});
    m_cancel->setAutoDefault(false);
    m_act->setAutoDefault(false);
    auto *row = new QHBoxLayout(m_footer);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_hint, 1);
    row->addWidget(m_buttons, 0, Qt::AlignBottom);
    column->addWidget(m_footer);
    connect(m_act, &QPushButton::clicked, this, [this] { act(); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { reject(); });

    m_discardFooter->setObjectName(u"discardQuestion"_s);
    auto *question = new QHBoxLayout(m_discardFooter);
    question->setContentsMargins(0, 0, 0, 0);
    question->addWidget(new Note(Note::Kind::Warning, tr("Discard what you typed?"), m_discardFooter), 1);
    m_keepEditing = new QPushButton(tr("&Keep editing"), m_discardFooter);
    m_keepEditing->setObjectName(u"keepEditingButton"_s);
    auto *discard = new QPushButton(tr("D&iscard"), m_discardFooter);
    discard->setObjectName(u"discardButton"_s);
    discard->setAutoDefault(false);
    question->addWidget(m_keepEditing);
    question->addWidget(discard);
    m_discardFooter->hide();
    column->addWidget(m_discardFooter);
    connect(m_keepEditing, &QPushButton::clicked, this, [this] { askToDiscard(false); });
    connect(discard, &QPushButton::clicked, this, [this] { QDialog::reject(); });
}

void EditorDialog::setHeading(const QString &title, const QString &subtitle)
{
    setWindowTitle(title);
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void EditorDialog::setHint(const QString &hint)
{
    m_hint->setText(hint);
}

void EditorDialog::showProblem(const Problem &problem, bool reasonsBesideFields)
{
    m_problem->showProblem(problem, reasonsBesideFields);
    if (m_fitted)
        fit();
}

void EditorDialog::bringIntoSight(QWidget *widget)
{
    // Once it has its place: the layout is not done yet.
    QTimer::singleShot(0, widget, [this, widget] {
        m_scroll->widget()->layout()->activate();
        fit();
        layout()->activate();
        m_scroll->ensureWidgetVisible(widget, 0, 8);
    });
}

void EditorDialog::clearProblem()
{
    m_problem->clear();
}

void EditorDialog::setAct(const QString &verb, bool destructive)
{
    m_destructive = destructive;
    m_act->setText(verb);
    m_buttons->addButton(m_act,
                         destructive ? QDialogButtonBox::DestructiveRole : QDialogButtonBox::AcceptRole);
    m_act->setAutoDefault(false);
    m_act->setDefault(false);
    m_cancel->setDefault(destructive);
}

void EditorDialog::setActEnabled(bool enabled, bool asDefault)
{
    m_act->setEnabled(enabled);
    m_actIsDefault = enabled && asDefault && !m_destructive;
    m_act->setDefault(m_actIsDefault);
}

void EditorDialog::reject()
{
    if (isBusy()) {
        stop();
        return;
    }
    // A second Escape keeps what was typed.
    if (m_discardFooter->isVisible())
        askToDiscard(false);
    else if (hasUnsaved())
        askToDiscard(true);
    else
        QDialog::reject();
}

void EditorDialog::askToDiscard(bool ask)
{
    m_footer->setVisible(!ask);
    m_discardFooter->setVisible(ask);
    m_scroll->setEnabled(!ask);
    if (ask)
        m_keepEditing->setFocus();
    m_keepEditing->setDefault(ask);
    if (!ask)
        m_act->setDefault(m_actIsDefault);
}

void EditorDialog::showEvent(QShowEvent *event)
{
    fit();
    QDialog::showEvent(event);
    // QDialogButtonBox makes its first accepting button the default one when it is shown.
    m_act->setDefault(m_actIsDefault);
}

void EditorDialog::keyPressEvent(QKeyEvent *event)
{
    // Enter presses the button that has the focus, never instead of it the one that changes something at
    // Konnect: without autoDefault a button leaves Enter to the dialog, which would press its default one.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (auto *button = qobject_cast<QAbstractButton *>(focusWidget()); enter && button && button != m_act) {
        button->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

bool EditorDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest && isVisible() && !m_fitPending) {
        m_fitPending = true;
        QTimer::singleShot(0, this, [this] {
            m_fitPending = false;
            fit();
        });
    }
    return QDialog::eventFilter(watched, event);
}

int EditorDialog::heightAround(int width) const
{
    // Asked of the items: before the dialog is shown, its widgets do not have their sizes yet.
    const QMargins margins = layout()->contentsMargins();
    const int inner = width - margins.left() - margins.right();
    int height = margins.top() + margins.bottom();
    for (int i = 0; i < layout()->count(); ++i) {
        QLayoutItem *item = layout()->itemAt(i);
        if (item->isEmpty())
            continue;
        height += layout()->spacing();
        if (item->widget() != m_scroll)
            height += item->hasHeightForWidth() ? item->heightForWidth(inner) : item->sizeHint().height();
    }
    return height - layout()->spacing();
}

void EditorDialog::fit()
{
    // Grows with its content up to the screen; never shrinks under the user's hand.
    const QRect available = screen()->availableGeometry();
    const int width = qMin(qMax(m_fitted ? this->width() : 0, m_preferredWidth), available.width() - 16);
    const QMargins margins = layout()->contentsMargins();
    const int bodyWidth = width - margins.left() - margins.right();
    // A page within may ask for more than its texts take at this width.
    const int body = qMax(m_body->hasHeightForWidth() ? m_body->totalHeightForWidth(bodyWidth)
                                                      : m_body->totalSizeHint().height(),
                          m_body->totalMinimumSize().height());
    const int wanted = qMin(heightAround(width) + body, available.height() - roomForFrame);
    resize(width, m_fitted ? qMax(wanted, height()) : wanted);
    // What has grown must not reach below the screen.
    if (const int below = frameGeometry().top() + frameGeometry().height() - available.bottom() - 1;
        isVisible() && below > 0)
        move(x(), qMax(available.top(), y() - below));
    m_fitted = true;
}

} // namespace latchkey
