// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/common/secretedit.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

class TstSecretEdit : public QObject
{
    Q_OBJECT

    struct Form
    {
        QWidget window;
        SecretEdit *edit = new SecretEdit(&window);
        QLineEdit *other = new QLineEdit(&window);
        QLineEdit *line = edit->lineEdit();

        Form()
        {
            auto *column = new QVBoxLayout(&window);
            column->addWidget(edit);
            column->addWidget(other);
            window.show();
            window.activateWindow();
            line->setFocus();
        }
        QToolButton *button(const QString &name) const { return edit->findChild<QToolButton *>(name); }
    };

private Q_SLOTS:
    void typedTextIsMaskedAndComesOutAsASecret()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        QSignalSpy edited(form.edit, &SecretEdit::edited);
        QTest::keyClicks(form.line, u"s3cret-key"_s);
        QCOMPARE(edited.count(), 10);
        QVERIFY(!form.line->displayText().contains(u's'));
        QCOMPARE(form.edit->secret().reveal().toByteArray(), QByteArrayLiteral("s3cret-key"));
        QVERIFY(!form.edit->isEmpty());
        const Secret taken = form.edit->takeSecret();
        QCOMPARE(taken.size(), 10);
        QVERIFY(form.edit->isEmpty());
    }

    void withoutFocusTheLengthDoesNotShow()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        QTest::keyClicks(form.line, u"abc"_s);
        form.other->setFocus();
        QCOMPARE(form.line->displayText(), QString());
        const QImage three = form.edit->grab().toImage();
        form.line->setFocus();
        QTest::keyClicks(form.line, u"defghijklm"_s);
        form.other->setFocus();
        QCOMPARE(form.edit->grab().toImage(), three);
        form.edit->clear();
        form.other->setFocus();
        QVERIFY(form.edit->grab().toImage() != three);
    }

    void revealEndsWhenTheFocusLeaves()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        QVERIFY(!form.button(u"revealButton"_s)->isEnabled());
        QTest::keyClicks(form.line, u"abc"_s);
        QTest::mouseClick(form.button(u"revealButton"_s), Qt::LeftButton);
        QVERIFY(form.edit->isRevealed());
        QCOMPARE(form.line->displayText(), u"abc"_s);
        form.other->setFocus();
        QVERIFY(!form.edit->isRevealed());
        QVERIFY(!form.button(u"revealButton"_s)->isChecked());
    }

    void revealEndsWhenAnotherWindowIsActivated()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        QTest::keyClicks(form.line, u"abc"_s);
        form.edit->setRevealed(true);
        QWidget second;
        second.show();
        second.activateWindow();
        QTRY_VERIFY(!form.edit->isRevealed());
    }

    void pastingKeepsLineBreaksForTheChecks()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        QGuiApplication::clipboard()->setText(u" key\r\nmore\n"_s);
        QTest::mouseClick(form.button(u"pasteButton"_s), Qt::LeftButton);
        QCOMPARE(form.edit->secret().reveal().toByteArray(), QByteArrayLiteral(" key\r\nmore\n"));
        form.edit->clear();
        QTest::keyClick(form.line, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(form.edit->secret().reveal().toByteArray(), QByteArrayLiteral(" key\r\nmore\n"));
    }

    void nothingLeavesByClipboardSelectionOrUndo()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        QGuiApplication::clipboard()->setText(u"before"_s);
        QTest::keyClicks(form.line, u"abcdef"_s);
        form.edit->setRevealed(true);
        form.line->selectAll();
        QTest::keyClick(form.line, Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(form.line, Qt::Key_X, Qt::ControlModifier);
        QTest::mouseDClick(form.line, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
        if (QGuiApplication::clipboard()->supportsSelection())
            QVERIFY(!QGuiApplication::clipboard()->text(QClipboard::Selection).contains(u"abc"_s));
        QCOMPARE(form.line->text(), u"abcdef"_s);
        QVERIFY(!form.line->isUndoAvailable());
        QVERIFY(!form.line->dragEnabled());
    }

    void clearingOverwritesTheCharacters()
    {
        Form form;
        form.line->setText(u"abcdef"_s + QString::number(form.edit->width()));
        const QString shared = form.line->text();
        form.edit->clear();
        QVERIFY(form.edit->isEmpty());
        for (const QChar character : shared)
            QVERIFY(character.isNull());
    }

    void assistiveToolsHearTheSubjectNeverTheText()
    {
        Form form;
        QVERIFY(QTest::qWaitForWindowActive(&form.window));
        form.edit->setSubject(u"Key of DD-API-KEY"_s);
        QTest::keyClicks(form.line, u"abc"_s);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(form.line);
        QVERIFY(spoken);
        QCOMPARE(spoken->text(QAccessible::Name), u"Key of DD-API-KEY"_s);
        QVERIFY(spoken->state().passwordEdit);
        for (const auto part : {QAccessible::Name, QAccessible::Value, QAccessible::Description})
            QVERIFY(!spoken->text(part).contains(u"abc"_s));
        QVERIFY(form.line->inputMethodHints() & Qt::ImhSensitiveData);
        QVERIFY(form.line->inputMethodHints() & Qt::ImhHiddenText);
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstSecretEdit)
#include "tst_secretedit.moc"
