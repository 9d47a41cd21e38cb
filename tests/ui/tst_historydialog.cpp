// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "ui/activity/historydialog.h"
#include "ui/common/banner.h"
#include "ui/common/emptystate.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeView>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s;

} // namespace

/// The history's window over the real history, driven by object names.
class TstHistoryDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void withoutAChangeItSaysSo();
    void changesAppearWhileItIsOpen();
    void searchingLooksIntoEveryColumn();
    void theDetailsFollowTheRow();
    void rowsAreCopied();
    void verifyingSaysWhatIsProved();
    void exportingWritesTheChosenFile();
    void aFileOfAnotherKindIsRefused();
    void enterInTheSearchStartsNothing();
    void everyControlHasAName();

private:
    template <typename T>
    T *child(const QString &name)
    {
        T *found = m_dialog->findChild<T *>(name);
        if (found == nullptr)
            qFatal("no child %s", qPrintable(name));
        return found;
    }
    QTreeView *table() { return child<QTreeView>(u"historyTable"_s); }
    QLineEdit *search() { return child<QLineEdit>(u"historySearch"_s); }
    Banner *message() { return child<Banner>(u"historyMessage"_s); }
    int shown() { return table()->isVisible() ? table()->model()->rowCount() : 0; }
    void change(ChangeKind kind, const QString &name);
    void exportTo(const QString &file);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::unique_ptr<HistoryDialog> m_dialog;
};

void TstHistoryDialog::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_dialog = std::make_unique<HistoryDialog>(m_stack->history);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TstHistoryDialog::cleanup()
{
    m_dialog.reset();
    m_stack.reset();
    m_world.reset();
}

void TstHistoryDialog::change(ChangeKind kind, const QString &name)
{
    const auto result = m_stack->run(m_stack->request(kind, name, "a-key-of-the-history"));
    QVERIFY(result && result->ok());
}

void TstHistoryDialog::exportTo(const QString &file)
{
    child<QPushButton>(u"historyExportButton"_s)->click();
    auto *chooser = child<QFileDialog>(u"historyFileDialog"_s);
    Q_EMIT chooser->fileSelected(file);
    chooser->close();
}

void TstHistoryDialog::withoutAChangeItSaysSo()
{
    auto *empty = child<EmptyState>(u"historyEmpty"_s);
    QTRY_VERIFY(empty->isVisible());
    QCOMPARE(empty->heading(), u"Nothing was changed yet"_s);
    QVERIFY(!child<QPushButton>(u"historyExportButton"_s)->isEnabled());
    QVERIFY(child<QPushButton>(u"historyVerifyButton"_s)->isEnabled());
}

void TstHistoryDialog::changesAppearWhileItIsOpen()
{
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 1);
    change(ChangeKind::Delete, Sandbox);
    QTRY_COMPARE(shown(), 2);
    QCOMPARE(table()->model()->index(0, 3).data().toString(), u"Delete"_s);
    QVERIFY(child<QPushButton>(u"historyExportButton"_s)->isEnabled());
}

void TstHistoryDialog::searchingLooksIntoEveryColumn()
{
    change(ChangeKind::Replace, Staging);
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 2);
    const QString id = table()->model()->index(1, 6).data().toString();
    QVERIFY(!id.isEmpty());
    for (const QString &text : {u"DATADOG"_s, u"replace"_s, id}) {
        QTest::keyClick(m_dialog.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search()->hasFocus());
        QTest::keyClicks(search(), text);
        QCOMPARE(shown(), 1);
        QTest::keyClick(search(), Qt::Key_Escape);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(shown(), 2);
    }
    QTest::keyClicks(search(), u"zebra"_s);
    QCOMPARE(child<EmptyState>(u"historyEmpty"_s)->heading(), u"Nothing matches"_s);
    search()->clear();
    QTest::keyClick(search(), Qt::Key_Down);
    QVERIFY(table()->hasFocus());
    QTest::keyClick(table(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
}

void TstHistoryDialog::theDetailsFollowTheRow()
{
    const QString old = m_world->credentialId(Staging);
    change(ChangeKind::Replace, Staging);
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 2);
    table()->setCurrentIndex(table()->model()->index(1, 0));
    const QString text = child<QPlainTextEdit>(u"historyDetails"_s)->toPlainText();
    QVERIFY(text.contains(old));
    QVERIFY(text.contains(m_world->credentialId(Staging)));
    QVERIFY(text.contains(u"Created and verified"_s));
    QVERIFY(!text.contains(u"a-key-of-the-history"_s));
    // What is hidden by the search is not shown below either.
    QTest::keyClicks(search(), u"swaggerhub"_s);
    QVERIFY(child<QPlainTextEdit>(u"historyDetails"_s)->toPlainText().contains(Sandbox));
}

void TstHistoryDialog::rowsAreCopied()
{
    change(ChangeKind::Create, Sandbox);
    change(ChangeKind::Delete, Sandbox);
    QTRY_COMPARE(shown(), 2);
    table()->setFocus();
    table()->selectAll();
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first().contains(u"Delete\t"_s));
}

void TstHistoryDialog::verifyingSaysWhatIsProved()
{
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 1);
    auto *button = child<QPushButton>(u"historyVerifyButton"_s);
    button->setFocus();
    button->click();
    QTRY_VERIFY(message()->text().contains(u"All rows are as they were written."_s));
    QVERIFY(message()->isVisible());
    QVERIFY(button->hasFocus());
    QVERIFY(await(m_world->keychain.remove(u"history-head"_s))->ok());
    button->click();
    QTRY_VERIFY(message()->text().contains(u"may have been cut off"_s));
}

void TstHistoryDialog::exportingWritesTheChosenFile()
{
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 1);
    const QString name = m_world->dir.filePath(u"history.csv"_s);
    exportTo(name);
    QTRY_VERIFY(message()->text().contains(name));
    QFile file(name);
    QVERIFY(file.open(QFile::ReadOnly));
    QVERIFY(file.readAll().contains(Sandbox.toUtf8()));
}

void TstHistoryDialog::aFileOfAnotherKindIsRefused()
{
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 1);
    exportTo(m_world->dir.filePath(u"history.txt"_s));
    QTRY_VERIFY(message()->text().contains(u".csv or .json"_s));
}

void TstHistoryDialog::enterInTheSearchStartsNothing()
{
    change(ChangeKind::Create, Sandbox);
    QTRY_COMPARE(shown(), 1);
    search()->setFocus();
    QTest::keyClick(search(), Qt::Key_Return);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(!message()->isVisible());
    QVERIFY(m_dialog->findChild<QFileDialog *>() == nullptr);
}

void TstHistoryDialog::everyControlHasAName()
{
    for (const QString &name : {u"historyTable"_s, u"historySearch"_s, u"historyDetails"_s})
        QVERIFY2(!child<QWidget>(name)->accessibleName().isEmpty(), qPrintable(name));
}

LATCHKEY_TEST_MAIN(QApplication, TstHistoryDialog)
#include "tst_historydialog.moc"
