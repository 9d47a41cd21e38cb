// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Name = u"datadog-staging"_s;
const QString Label = u"credential-expires"_s;
const QDate Day(2027, 3, 3);
const QString DayText = u"2027-03-03"_s;

using Labels = QMap<QString, QString>;

} // namespace

class TstExpiryLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void sharesBesideTheOtherLabels();
    void sendsTheWholeSet();
    void sharesAnotherDay();
    void takesTheLabelAway();
    void sendsNothingWhereAllIsAsItShouldBe();
    void refusesWhereFiftyAreThere();
    void changesTheOneOfFifty();
    void refusesLabelsThatCannotBeSentBack();
    void startsAnewWhereTheLabelsChangedMeanwhile();
    void givesUpWhereTheyChangeAllTheTime();
    void putsBackWhatWasLost();
    void setsItAgainOnceWhereSomebodyTookItAway();
    void keepsANewerValueOfSomebodyElse();
    void saysWhatCouldNotBePutBack();
    void aLostAnswerIsSettledByARead();
    void nothingIsRepeatedBlindly();
    void anUnreadableEndIsSaid();
    void aSignInPageIsNoSuccess();
    void refusalsOfKonnectAreSaid_data();
    void refusalsOfKonnectAreSaid();
    void waitsForNoChangeOfTheSameInstance();
    void refusesWhatIsNoDate();
    void aProtectedInstanceNeedsNoName();

private:
    [[nodiscard]] QString path() const { return u"/integration-instances/"_s + m_world->instanceId(Name); }
    [[nodiscard]] int patches() const { return m_world->service.copies("PATCH", path()); }
    [[nodiscard]] Labels there() const;
    void setThere(const Labels &labels);
    /// Just before the nth request of this method for the instance is answered.
    void before(const QByteArray &method, int nth, std::function<void()> work);
    [[nodiscard]] Outcome<LabelReport> share(const QDate &day = Day);
    [[nodiscard]] Outcome<LabelReport> unshare();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstExpiryLabels::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    setThere({{u"env"_s, u"staging"_s}, {u"team"_s, u"platform"_s}});
    m_world->service.forgetReceived();
}

void TstExpiryLabels::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

Labels TstExpiryLabels::there() const
{
    Labels labels;
    const auto instance = m_world->service.organization().instance(m_world->instanceId(Name));
    const QJsonObject object = instance->value("labels"_L1).toObject();
    for (auto label = object.begin(); label != object.end(); ++label)
        labels.insert(label.key(), label->toString());
    return labels;
}

void TstExpiryLabels::setThere(const Labels &labels)
{
    QJsonObject object;
    for (auto label = labels.cbegin(); label != labels.cend(); ++label)
        object.insert(label.key(), *label);
    QJsonObject instance = *m_world->service.organization().instance(m_world->instanceId(Name));
    instance.insert("labels"_L1, object);
    m_world->service.organization().putInstance(instance);
}

void TstExpiryLabels::before(const QByteArray &method, int nth, std::function<void()> work)
{
    const QByteArray target = "/v1" + path().toUtf8();
    connect(&m_world->service, &DemoService::arrived, this,
            [this, method, target, nth, work = std::move(work), count = 0]() mutable {
                const DemoRequest &request = m_world->service.received().constLast();
                if (request.method == method && request.target == target && ++count == nth)
                    work();
            });
}

Outcome<LabelReport> TstExpiryLabels::share(const QDate &day)
{
    auto ended = await(m_stack->expiryLabels.share(m_stack->address(Name), day));
    return ended ? std::move(*ended) : Outcome<LabelReport>(Problem());
}

Outcome<LabelReport> TstExpiryLabels::unshare()
{
    auto ended = await(m_stack->expiryLabels.unshare(m_stack->address(Name)));
    return ended ? std::move(*ended) : Outcome<LabelReport>(Problem());
}

void TstExpiryLabels::sharesBesideTheOtherLabels()
{
    const Outcome<LabelReport> shared = share();
    QVERIFY2(shared.ok(), qPrintable(shared ? QString() : shared.problem().toText()));
    QVERIFY(shared.value().isQuiet());
    const Labels expected{{u"env"_s, u"staging"_s}, {u"team"_s, u"platform"_s}, {Label, DayText}};
    QCOMPARE(there(), expected);
    QCOMPARE(patches(), 1);
    QCOMPARE(m_stack->record(Name).instance.labels, expected);
    QVERIFY(!m_stack->record(Name).changing);
}

void TstExpiryLabels::sendsTheWholeSet()
{
    QVERIFY(share().ok());
    QVERIFY(unshare().ok());
    QList<QJsonObject> bodies;
    for (const DemoRequest &request : m_world->service.received()) {
        if (request.method == "PATCH")
            bodies.append(QJsonDocument::fromJson(request.body).object());
    }
    // Nothing but labels; and what goes is named, whether Konnect replaces the set or merges it.
    QCOMPARE(bodies.size(), 2);
    QCOMPARE(
        bodies.first(),
        (QJsonObject{{u"labels"_s,
                      QJsonObject{{u"env"_s, u"staging"_s}, {u"team"_s, u"platform"_s}, {Label, DayText}}}}));
    QCOMPARE(bodies.last(), (QJsonObject{{u"labels"_s, QJsonObject{{u"env"_s, u"staging"_s},
                                                                   {u"team"_s, u"platform"_s},
                                                                   {Label, QJsonValue::Null}}}}));
}

void TstExpiryLabels::sharesAnotherDay()
{
    QVERIFY(share().ok());
    QVERIFY(share(QDate(2027, 4, 4)).ok());
    QCOMPARE(there().value(Label), u"2027-04-04"_s);
    QCOMPARE(there().size(), 3);
}

void TstExpiryLabels::takesTheLabelAway()
{
    QVERIFY(share().ok());
    QVERIFY(unshare().ok());
    QCOMPARE(there(), (Labels{{u"env"_s, u"staging"_s}, {u"team"_s, u"platform"_s}}));
    QCOMPARE(m_stack->record(Name).instance.labels, there());
}

void TstExpiryLabels::sendsNothingWhereAllIsAsItShouldBe()
{
    QVERIFY(unshare().ok());
    QCOMPARE(patches(), 0);
    QVERIFY(share().ok());
    QVERIFY(share().ok());
    QCOMPARE(patches(), 1);
}

void TstExpiryLabels::refusesWhereFiftyAreThere()
{
    Labels fifty;
    for (int number = 1; number <= 50; ++number)
        fifty.insert(u"n%1"_s.arg(number), u"x"_s);
    setThere(fifty);
    const Outcome<LabelReport> refused = share();
    QVERIFY(!refused);
    QCOMPARE(refused.problem().category, Problem::Category::Refused);
    QVERIFY(refused.problem().caption.contains(u"50 labels"_s));
    QVERIFY(refused.problem().detail.contains(u"Nothing was sent"_s));
    QCOMPARE(patches(), 0);
    QCOMPARE(there(), fifty);
}

void TstExpiryLabels::changesTheOneOfFifty()
{
    Labels fifty{{Label, u"2026-12-31"_s}};
    for (int number = 1; number <= 49; ++number)
        fifty.insert(u"n%1"_s.arg(number), u"x"_s);
    setThere(fifty);
    QVERIFY(share().ok());
    QCOMPARE(there().value(Label), DayText);
    QVERIFY(unshare().ok());
    QCOMPARE(there().size(), 49);
}

void TstExpiryLabels::refusesLabelsThatCannotBeSentBack()
{
    setThere({{u"env"_s, QString(64, u'x')}});
    const Outcome<LabelReport> refused = share();
    QVERIFY(!refused);
    QCOMPARE(refused.problem().category, Problem::Category::Refused);
    QCOMPARE(patches(), 0);
}

void TstExpiryLabels::startsAnewWhereTheLabelsChangedMeanwhile()
{
    // The first GET is what the set is made from, the second is the look just before the PATCH.
    before("GET", 2, [this] {
        Labels labels = there();
        labels.insert(u"added"_s, u"by-somebody"_s);
        labels.insert(u"env"_s, u"test"_s);
        setThere(labels);
    });
    const Outcome<LabelReport> shared = share();
    QVERIFY(shared.ok());
    QVERIFY(shared.value().isQuiet());
    QCOMPARE(there(), (Labels{{u"added"_s, u"by-somebody"_s},
                              {u"env"_s, u"test"_s},
                              {u"team"_s, u"platform"_s},
                              {Label, DayText}}));
    QCOMPARE(patches(), 1);
}

void TstExpiryLabels::givesUpWhereTheyChangeAllTheTime()
{
    int number = 0;
    for (const int nth : {2, 4, 6}) {
        before("GET", nth, [this, &number] { setThere({{u"counter"_s, u"n%1"_s.arg(++number)}}); });
    }
    const Outcome<LabelReport> refused = share();
    QVERIFY(!refused);
    QCOMPARE(refused.problem().category, Problem::Category::Refused);
    QCOMPARE(patches(), 0);
    QCOMPARE(there(), (Labels{{u"counter"_s, u"n3"_s}}));
}

void TstExpiryLabels::putsBackWhatWasLost()
{
    // Somebody wrote a set that was older than ours, before we looked again.
    before("GET", 3, [this] { setThere({{u"team"_s, u"platform"_s}, {u"new"_s, u"label"_s}}); });
    const Outcome<LabelReport> shared = share();
    QVERIFY2(shared.ok(), qPrintable(shared ? QString() : shared.problem().toText()));
    QCOMPARE(shared.value().restored, QStringList{u"env=staging"_s});
    QVERIFY(shared.value().lost.isEmpty() && shared.value().changed.isEmpty());
    const Labels expected{
        {u"env"_s, u"staging"_s}, {u"team"_s, u"platform"_s}, {u"new"_s, u"label"_s}, {Label, DayText}};
    QCOMPARE(there(), expected);
    QCOMPARE(patches(), 2);
    QCOMPARE(m_stack->record(Name).instance.labels, expected);
}

void TstExpiryLabels::setsItAgainOnceWhereSomebodyTookItAway()
{
    const auto takeAway = [this] {
        Labels labels = there();
        labels.remove(Label);
        setThere(labels);
    };
    before("GET", 3, takeAway);
    QVERIFY(share().ok());
    QCOMPARE(there().value(Label), DayText);
    QCOMPARE(patches(), 2);

    // But not for ever.
    takeAway();
    m_world->service.disconnect(this);
    before("GET", 3, takeAway);
    before("GET", 5, takeAway);
    const Outcome<LabelReport> refused = share();
    QVERIFY(!refused);
    QCOMPARE(refused.problem().category, Problem::Category::Conflict);
    QCOMPARE(patches(), 4);
}

void TstExpiryLabels::keepsANewerValueOfSomebodyElse()
{
    before("GET", 3, [this] {
        Labels labels = there();
        labels.insert(u"env"_s, u"test"_s);
        setThere(labels);
    });
    const Outcome<LabelReport> shared = share();
    QVERIFY(shared.ok());
    QCOMPARE(shared.value().changed, QStringList{u"env=test"_s});
    QCOMPARE(there().value(u"env"_s), u"test"_s);
    QCOMPARE(patches(), 1);
}

void TstExpiryLabels::saysWhatCouldNotBePutBack()
{
    before("GET", 3, [this] {
        Labels labels = there();
        labels.remove(u"env"_s);
        setThere(labels);
        m_world->addFault("PATCH", path(), DemoFault::Action::Status, 1, 403);
    });
    const Outcome<LabelReport> shared = share();
    QVERIFY2(shared.ok(), qPrintable(shared ? QString() : shared.problem().toText()));
    QCOMPARE(shared.value().lost, QStringList{u"env=staging"_s});
    QVERIFY(shared.value().restored.isEmpty());
    QCOMPARE(there(), (Labels{{u"team"_s, u"platform"_s}, {Label, DayText}}));
}

void TstExpiryLabels::aLostAnswerIsSettledByARead()
{
    m_world->addFault("PATCH", path(), DemoFault::Action::CloseAfter);
    const Outcome<LabelReport> shared = share();
    QVERIFY2(shared.ok(), qPrintable(shared ? QString() : shared.problem().toText()));
    QCOMPARE(there().value(Label), DayText);
    QCOMPARE(patches(), 1);
    QCOMPARE(m_stack->record(Name).instance.labels.value(Label), DayText);
}

void TstExpiryLabels::nothingIsRepeatedBlindly()
{
    m_world->addFault("PATCH", path(), DemoFault::Action::CloseBefore);
    const Outcome<LabelReport> open = share();
    QVERIFY(!open);
    QCOMPARE(open.problem().category, Problem::Category::OutcomeUnknown);
    QVERIFY(open.problem().detail.contains(u"Nothing is sent again"_s));
    QCOMPARE(patches(), 1);
    QVERIFY(!there().contains(Label));
    QVERIFY(share().ok());
    QCOMPARE(there().value(Label), DayText);
}

void TstExpiryLabels::anUnreadableEndIsSaid()
{
    before("PATCH", 1, [this] {
        // All that come after it.
        m_world->addFault("GET", path(), DemoFault::Action::Status, 0, 500);
    });
    const Outcome<LabelReport> open = share();
    QVERIFY(!open);
    QCOMPARE(open.problem().category, Problem::Category::OutcomeUnknown);
    QVERIFY(open.problem().caption.contains(u"were sent"_s));
    QCOMPARE(there().value(Label), DayText);
}

void TstExpiryLabels::aSignInPageIsNoSuccess()
{
    m_world->addFault("PATCH", path(), DemoFault::Action::WrongType);
    const Outcome<LabelReport> open = share();
    QVERIFY(!open);
    QCOMPARE(open.problem().category, Problem::Category::OutcomeUnknown);
    QCOMPARE(patches(), 1);
}

void TstExpiryLabels::refusalsOfKonnectAreSaid_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<Problem::Category>("category");
    QTest::newRow("may not write") << QByteArray("PATCH") << 403 << Problem::Category::Forbidden;
    QTest::newRow("may not read") << QByteArray("GET") << 403 << Problem::Category::Forbidden;
    QTest::newRow("refused") << QByteArray("PATCH") << 400 << Problem::Category::InvalidInput;
    QTest::newRow("gone") << QByteArray("GET") << 404 << Problem::Category::NotFound;
    QTest::newRow("gone meanwhile") << QByteArray("PATCH") << 404 << Problem::Category::NotFound;
    QTest::newRow("token") << QByteArray("GET") << 401 << Problem::Category::Unauthorized;
    QTest::newRow("too many") << QByteArray("PATCH") << 429 << Problem::Category::RateLimited;
}

void TstExpiryLabels::refusalsOfKonnectAreSaid()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, status);
    QFETCH(const Problem::Category, category);
    const Labels present = there();
    m_world->addFault(method, path(), DemoFault::Action::Status, 1, status);
    const Outcome<LabelReport> refused = share();
    QVERIFY(!refused);
    QCOMPARE(refused.problem().category, category);
    QCOMPARE(there(), present);
    QCOMPARE(patches(), method == "PATCH" ? 1 : 0);
}

void TstExpiryLabels::waitsForNoChangeOfTheSameInstance()
{
    {
        const Outcome<std::shared_ptr<void>> held = m_stack->changes.reserve(m_stack->address(Name));
        QVERIFY(held.ok());
        const Outcome<LabelReport> refused = share();
        QVERIFY(!refused);
        QCOMPARE(refused.problem().category, Problem::Category::InUse);
        QCOMPARE(patches(), 0);
    }
    QVERIFY(share().ok());
}

void TstExpiryLabels::refusesWhatIsNoDate()
{
    for (const QDate &day : {QDate(), QDate(12345, 1, 1)}) {
        const Outcome<LabelReport> refused = share(day);
        QVERIFY(!refused);
        QCOMPARE(refused.problem().category, Problem::Category::InvalidInput);
    }
    QCOMPARE(patches(), 0);
}

void TstExpiryLabels::aProtectedInstanceNeedsNoName()
{
    QVERIFY(await(m_stack->protection.protect(m_stack->address(Name)))->ok());
    QVERIFY(share().ok());
    QCOMPARE(there().value(Label), DayText);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryLabels)
#include "tst_expirylabels.moc"
