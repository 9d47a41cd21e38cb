// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/notelist.h"
#include "ui/editor/expirydialog.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

const QDateTime Now(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
const QString Label = u"credential-expires"_s;

QCoro::Task<Done> ended(Done done)
{
    co_return done;
}

QCoro::Task<Outcome<LabelReport>> reported(Outcome<LabelReport> report)
{
    co_return report;
}

InstanceRecord numbered(int number)
{
    InstanceRecord record = datadogWithCredential();
    record.address.instanceId = u"id-%1"_s.arg(number);
    record.instance.displayName = u"Datadog %1"_s.arg(number);
    record.credential.id = u"cred-%1"_s.arg(number);
    return record;
}

/// A record whose day is shared already.
InstanceRecord shared()
{
    InstanceRecord record = datadogWithCredential();
    record.expiry.credentialId = record.credential.id;
    record.expiry.date = QDate(2027, 3, 3);
    record.instance.labels = {{Label, u"2027-03-03"_s}};
    return record;
}

struct Desk
{
    explicit Desk(const QList<InstanceRecord> &records = {datadogWithCredential()})
        : dialog(records, Now, services())
        , finished(&dialog, &QDialog::finished)
    {
        dialog.show();
        dialog.activateWindow();
    }
    [[nodiscard]] ExpiryDialog::Services services()
    {
        ExpiryDialog::Services made;
        made.record = [this](const InstanceAddress &, const ExpiryRecord &record) {
            recorded.append(record);
            return ended(recordProblem ? Done(*recordProblem) : Done());
        };
        made.share = [this](const InstanceAddress &address, const QDate &date) {
            sent.append({address, date});
            const bool fails = shareProblem && address.instanceId == failing;
            return reported(fails ? Outcome<LabelReport>(*shareProblem) : Outcome<LabelReport>(report));
        };
        return made;
    }
    [[nodiscard]] QPushButton *act() const { return get<QPushButton>(dialog, u"actButton"_s); }
    [[nodiscard]] QPushButton *cancel() const { return get<QPushButton>(dialog, u"cancelButton"_s); }
    [[nodiscard]] QLineEdit *date() const { return get<QLineEdit>(dialog, u"expiryDate"_s); }
    [[nodiscard]] QCheckBox *share() const { return get<QCheckBox>(dialog, u"shareExpiry"_s); }
    [[nodiscard]] QString says(const QString &name) const { return get<QLabel>(dialog, name)->text(); }
    [[nodiscard]] QString notes(const QString &name) const { return get<NoteList>(dialog, name)->text(); }
    void enter(const QString &text) const
    {
        date()->selectAll();
        type(date(), text);
    }

    QList<ExpiryRecord> recorded;
    QList<std::pair<InstanceAddress, QDate>> sent;
    std::optional<Problem> recordProblem;
    std::optional<Problem> shareProblem;
    QString failing = datadog().address.instanceId; ///< To which instance `shareProblem` happens.
    LabelReport report;
    ExpiryDialog dialog;
    QSignalSpy finished;
};

} // namespace

class TstExpiryDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void itShowsWhoSaysWhat()
    {
        InstanceRecord record = shared();
        record.credential.expiresAt = Timestamp::fromUtc(Now.addDays(30));
        record.expiry.owner = u"Ada"_s;
        record.expiry.note = u"In the vault"_s;
        const Desk desk({record});
        QCOMPARE(desk.says(u"konnectSays"_s), u"28 Dec 2026, in 30 days"_s);
        QCOMPARE(desk.says(u"recordSays"_s), u"3 Mar 2027, in 96 days"_s);
        QCOMPARE(desk.says(u"labelSays"_s), u"3 Mar 2027, in 96 days"_s);
        QCOMPARE(desk.date()->text(), u"2027-03-03"_s);
        QVERIFY(get<QRadioButton>(desk.dialog, u"endsOnDay"_s)->isChecked());
        QCOMPARE(get<QLineEdit>(desk.dialog, u"expiryOwner"_s)->text(), u"Ada"_s);
        QCOMPARE(get<QPlainTextEdit>(desk.dialog, u"expiryNote"_s)->toPlainText(), u"In the vault"_s);
        QVERIFY(desk.share()->isChecked());
        // Nothing is to be done yet.
        QVERIFY(!desk.act()->isEnabled());
    }

    void anUnknownLabelIsShownAsItIs()
    {
        InstanceRecord record = datadogWithCredential();
        record.instance.labels = {{Label, u"<b>soon</b>"_s}};
        const Desk desk({record});
        QCOMPARE(desk.says(u"labelSays"_s), u"<b>soon</b> (not a date)"_s);
        QCOMPARE(get<QLabel>(desk.dialog, u"labelSays"_s)->textFormat(), Qt::PlainText);
        QVERIFY(!desk.share()->isChecked());
    }

    void aDayIsTypedAndRecordedByTheKeyboard()
    {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowActive(&desk.dialog));
        QCOMPARE(desk.dialog.focusWidget(), desk.date());
        desk.enter(u"2027-03-03"_s);
        QVERIFY(get<QRadioButton>(desk.dialog, u"endsOnDay"_s)->isChecked());
        QVERIFY(desk.notes(u"expiryNotes"_s).contains(u"3 Mar 2027, in 96 days"_s));
        QTest::keyClick(desk.date(), Qt::Key_Return);
        QTRY_COMPARE(desk.finished.size(), 1);
        QCOMPARE(desk.recorded.size(), 1);
        QCOMPARE(desk.recorded.first().date, QDate(2027, 3, 3));
        QCOMPARE(desk.recorded.first().credentialId, datadogCredential);
        QVERIFY(desk.sent.isEmpty());
    }

    void daysOwnerAndNoteAreRecorded()
    {
        Desk desk;
        get<QSpinBox>(desk.dialog, u"expiryDays"_s)->setValue(365);
        QVERIFY(get<QRadioButton>(desk.dialog, u"endsAfterDays"_s)->isChecked());
        QCOMPARE(desk.notes(u"expiryResult"_s), u"1 Mar 2027, in 92 days"_s);
        type(get<QLineEdit>(desk.dialog, u"expiryOwner"_s), u"Platform team"_s);
        get<QPlainTextEdit>(desk.dialog, u"expiryNote"_s)->setPlainText(u"Renew in the portal"_s);
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
        QCOMPARE(desk.recorded.first().livesDays, 365);
        QVERIFY(!desk.recorded.first().date.isValid());
        QCOMPARE(desk.recorded.first().owner, u"Platform team"_s);
        QCOMPARE(desk.recorded.first().note, u"Renew in the portal"_s);
    }

    void usualLengthsFillTheField()
    {
        const Desk desk;
        const QList<QAction *> presets = get<QMenu>(desk.dialog, u"expiryPresetMenu"_s)->actions();
        QVERIFY(!presets.first()->isEnabled());
        QCOMPARE(presets.first()->text(), u"From 1 Mar 2026, when it was made"_s);
        QCOMPARE(presets.last()->text(), u"1 year: 1 Mar 2027"_s);
        presets.last()->trigger();
        QCOMPARE(desk.date()->text(), u"2027-03-01"_s);
        QVERIFY(desk.act()->isEnabled());
    }

    void whatIsNoDayIsNotRecorded()
    {
        Desk desk;
        desk.enter(u"2027-02-30"_s);
        QVERIFY(!desk.act()->isEnabled());
        QVERIFY(desk.notes(u"expiryNotes"_s).contains(u"no date"_s));
        QTest::keyClick(desk.date(), Qt::Key_Return);
        QVERIFY(desk.recorded.isEmpty());
        // Who is still typing is not told off.
        desk.enter(u"2027-0"_s);
        QVERIFY(desk.notes(u"expiryNotes"_s).isEmpty());
        QVERIFY(!desk.act()->isEnabled());
    }

    void aPastDayIsWarnedOfAndRecorded()
    {
        Desk desk;
        desk.enter(u"2026-10-01"_s);
        QVERIFY(desk.notes(u"expiryNotes"_s).contains(u"has passed"_s));
        QVERIFY(desk.act()->isEnabled());
    }

    void sharingAsksFirst()
    {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowActive(&desk.dialog));
        QVERIFY(!desk.share()->isEnabled());
        desk.enter(u"2027-03-03"_s);
        QVERIFY(desk.share()->isEnabled());
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(desk.notes(u"shareQuestion"_s).contains(u"Everybody with access"_s));
        QCOMPARE(desk.recorded.size(), 1);
        QVERIFY(desk.sent.isEmpty());
        const QString question = desk.notes(u"shareQuestion"_s);
        QVERIFY(
            question.contains(u"“Datadog EU production” gets the label credential-expires=2027-03-03."_s));
        QVERIFY(question.contains(u"other labels stay"_s));
        QVERIFY(!desk.act()->isDefault());
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
        QCOMPARE(desk.sent.size(), 1);
        QCOMPARE(desk.sent.first().second, QDate(2027, 3, 3));
    }

    void enterSharesNothing()
    {
        Desk desk;
        QVERIFY(QTest::qWaitForWindowActive(&desk.dialog));
        desk.enter(u"2027-03-03"_s);
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(isShown(desk.dialog, u"shareQuestion"_s));
        QTest::keyClick(desk.dialog.focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(desk.finished.size(), 1);
        QVERIFY(desk.sent.isEmpty());
        QCOMPARE(desk.recorded.size(), 1);
    }

    void takingTheLabelAwayAsksToo()
    {
        Desk desk({shared()});
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(
            desk.notes(u"shareQuestion"_s).contains(u"loses its label credential-expires=2027-03-03"_s));
        QVERIFY(!desk.notes(u"shareQuestion"_s).contains(u"Everybody"_s));
        QVERIFY(desk.sent.isEmpty());
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
        QVERIFY(!desk.sent.first().second.isValid());
    }

    void aStrangeLabelIsNamedBeforeItIsReplaced()
    {
        InstanceRecord record = datadogWithCredential();
        record.instance.labels = {{Label, u"soon"_s}};
        Desk desk({record});
        desk.enter(u"2027-03-03"_s);
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(desk.notes(u"shareQuestion"_s).contains(u"in the place of soon"_s));
    }

    void aProblemIsSaidAndTheFormStays()
    {
        Desk desk;
        desk.recordProblem = Problem::of(Problem::Category::StorageFull, u"The disk is full."_s);
        desk.enter(u"2027-03-03"_s);
        desk.act()->click();
        QTRY_VERIFY(isShown(desk.dialog, u"problemPanel"_s));
        QVERIFY(visibleText(desk.dialog).contains(u"The disk is full."_s));
        QCOMPARE(desk.date()->text(), u"2027-03-03"_s);
        desk.recordProblem.reset();
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
    }

    void aSharingThatFailsCanBeTriedAgain()
    {
        Desk desk;
        desk.shareProblem = Problem::of(Problem::Category::Forbidden, u"The token may not do this."_s);
        desk.enter(u"2027-03-03"_s);
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(isShown(desk.dialog, u"shareQuestion"_s));
        desk.act()->click();
        QTRY_VERIFY(desk.notes(u"shareOutcome"_s).contains(u"The token may not do this."_s));
        QCOMPARE(desk.finished.size(), 0);
        desk.shareProblem.reset();
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
        QCOMPARE(desk.sent.size(), 2);
        QCOMPARE(desk.recorded.size(), 1);
    }

    void labelsThatWereLostAreNamed()
    {
        Desk desk;
        desk.report.lost = QStringList{u"env=prod"_s};
        desk.enter(u"2027-03-03"_s);
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(isShown(desk.dialog, u"shareQuestion"_s));
        desk.act()->click();
        QTRY_VERIFY(desk.notes(u"shareOutcome"_s).contains(u"env=prod"_s));
        QCOMPARE(desk.finished.size(), 0);
        QVERIFY(!desk.act()->isVisible());
        desk.cancel()->click();
        QCOMPARE(desk.finished.size(), 1);
    }

    void severalAreRecordedEachForItsOwnCredential()
    {
        Desk desk({numbered(1), numbered(2), numbered(3)});
        QVERIFY(visibleText(desk.dialog).contains(u"Konnect knows the expiry of 0 of these 3."_s));
        QVERIFY(visibleText(desk.dialog).contains(u"Datadog 1, Datadog 2, Datadog 3"_s));
        desk.shareProblem = Problem::of(Problem::Category::Network, u"The network is gone."_s);
        desk.failing = u"id-2"_s;
        desk.enter(u"2027-03-03"_s);
        desk.share()->click();
        desk.act()->click();
        QTRY_VERIFY(isShown(desk.dialog, u"shareQuestion"_s));
        QStringList credentials;
        for (const ExpiryRecord &record : std::as_const(desk.recorded))
            credentials << record.credentialId;
        QCOMPARE(credentials, (QStringList{u"cred-1"_s, u"cred-2"_s, u"cred-3"_s}));
        desk.act()->click();
        QTRY_VERIFY(desk.notes(u"shareOutcome"_s).contains(u"The network is gone."_s));
        QCOMPARE(desk.sent.size(), 3);
        // Only the one that failed is left.
        desk.shareProblem.reset();
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
        QCOMPARE(desk.sent.size(), 4);
        QCOMPARE(desk.sent.last().first.instanceId, u"id-2"_s);
    }

    void whatIsRecordedCanBeForgotten()
    {
        InstanceRecord record = shared();
        record.instance.labels.clear();
        Desk desk({record});
        get<QRadioButton>(desk.dialog, u"endsNotKnown"_s)->click();
        QVERIFY(!desk.share()->isEnabled());
        desk.act()->click();
        QTRY_COMPARE(desk.finished.size(), 1);
        QVERIFY(desk.recorded.first().isEmpty());
    }

    void escapeAsksBeforeWhatWasTypedIsLost()
    {
        Desk desk;
        desk.enter(u"2027-03-03"_s);
        QTest::keyClick(&desk.dialog, Qt::Key_Escape);
        QVERIFY(desk.dialog.isVisible());
        QVERIFY(isShown(desk.dialog, u"discardQuestion"_s));
        get<QPushButton>(desk.dialog, u"discardButton"_s)->click();
        QCOMPARE(desk.finished.size(), 1);
        QVERIFY(desk.recorded.isEmpty());
    }

    void everyControlHasAName()
    {
        const Desk desk;
        const QList<QWidget *> widgets = desk.dialog.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!widget->isVisible() || widget->focusProxy() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible != nullptr);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
        }
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstExpiryDialog)
#include "tst_expirydialog.moc"
