// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/notelist.h"
#include "ui/editor/editors.h"
#include "ui/editor/handoverdialog.h"

#include <QApplication>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

const QString Source = u"swaggerhub-internal"_s;
const QString Taken = u"swaggerhub-public"_s;
const QString Free = u"swaggerhub-sandbox"_s; // without a credential
const QByteArray Key = "the-key-that-is-handed-over";

/// A window on the demo service in which the keys of `Source` are kept.
struct Desk
{
    explicit Desk(bool production = false)
        : stack(world)
    {
        if (!stack.start(production))
            return;
        ChangeRequest own = stack.request(ChangeKind::Replace, Source, Key);
        own.typedName = Source;
        const auto replaced = stack.run(std::move(own));
        ready = replaced && replaced->ok();
        window.show();
    }
    void choose(const QString &title) const
    {
        auto *list = get<QListWidget>(dialog(), u"targetList"_s);
        const QList<QListWidgetItem *> items = list->findItems(title, Qt::MatchContains);
        QCOMPARE(items.size(), 1);
        list->setCurrentItem(items.first());
    }
    QDialog &dialog() const { return *editors.current(); }
    QPushButton *act() const { return get<QPushButton>(dialog(), u"actButton"_s); }
    QString consequences() const { return get<NoteList>(dialog(), u"consequences"_s)->text(); }

    World world;
    Stack stack;
    QWidget window;
    Editors editors{stack.profiles, stack.inventory, stack.vault,    stack.changes, stack.recovery,
                    stack.adoption, stack.bulk,      stack.handover, &window};
    bool ready = false;
};

} // namespace

class TstHandoverDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offersTheOtherInstancesOfTheIntegration()
    {
        Desk desk;
        QVERIFY(desk.ready);
        desk.editors.copyKeys(desk.stack.address(Source));
        auto *list = get<QListWidget>(desk.dialog(), u"targetList"_s);
        QCOMPARE(list->count(), 3);
        QVERIFY(list->item(0)->text().contains(u"has a credential"_s));
        QVERIFY(list->item(2)->text().contains(u"no credential"_s));
        QVERIFY(!desk.act()->isEnabled());
        QVERIFY(visibleText(desk.dialog()).contains(u"Choose the instance"_s));
    }

    void copies()
    {
        Desk desk;
        QVERIFY(desk.ready);
        QSignalSpy ended(&desk.editors, &Editors::changeEnded);
        desk.editors.copyKeys(desk.stack.address(Source));
        desk.choose(u"SwaggerHub sandbox"_s);
        QVERIFY(desk.consequences().contains(u"They will be kept for SwaggerHub sandbox too"_s));
        QVERIFY(desk.act()->isEnabled());
        QVERIFY(!desk.act()->isDefault());
        desk.act()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.editors.current(), 20'000);
        QCOMPARE(ended.count(), 1);
        QCOMPARE(desk.world.keyAt(Free, u"authorization"_s), Key);
        QVERIFY(!desk.world.credentialId(Source).isEmpty());
    }

    void movesAndSaysWhatGoesAtEitherPlace()
    {
        Desk desk;
        QVERIFY(desk.ready);
        QSignalSpy ended(&desk.editors, &Editors::changeEnded);
        desk.editors.moveCredential(desk.stack.address(Source));
        desk.choose(u"SwaggerHub (public)"_s);
        QVERIFY(desk.consequences().contains(desk.world.credentialId(Source)));
        QVERIFY(desk.consequences().contains(desk.world.credentialId(Taken)));
        desk.act()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.editors.current(), 20'000);
        QCOMPARE(ended.count(), 2);
        QCOMPARE(desk.world.keyAt(Taken, u"authorization"_s), Key);
        QVERIFY(desk.world.credentialId(Source).isEmpty());
    }

    void staysOpenWhereTheOtherWasNotCreated()
    {
        Desk desk;
        QVERIFY(desk.ready);
        desk.world.addFault("POST", desk.world.credentialPath(Free), DemoFault::Action::Status, 1, 403);
        desk.editors.moveCredential(desk.stack.address(Source));
        desk.choose(u"SwaggerHub sandbox"_s);
        desk.act()->click();
        QTRY_VERIFY_WITH_TIMEOUT(visibleText(desk.dialog()).contains(u"keeps its credential"_s), 20'000);
        QVERIFY(!desk.act()->isVisible());
        QVERIFY(!desk.world.credentialId(Source).isEmpty());
    }

    void whatTheSearchHidesIsNotChosen()
    {
        Desk desk;
        QVERIFY(desk.ready);
        desk.editors.copyKeys(desk.stack.address(Source));
        desk.choose(u"SwaggerHub sandbox"_s);
        QVERIFY(desk.act()->isEnabled());
        get<QLineEdit>(desk.dialog(), u"targetSearch"_s)->setText(u"partners"_s);
        QVERIFY(!desk.act()->isEnabled());
        auto *list = get<QListWidget>(desk.dialog(), u"targetList"_s);
        QVERIFY(!list->currentItem());
        QCOMPARE(int(std::ranges::count_if(std::views::iota(0, list->count()),
                                           [list](int row) { return !list->item(row)->isHidden(); })),
                 1);
    }

    void productionAsksForBothNames()
    {
        Desk desk(true);
        QVERIFY(desk.ready);
        desk.editors.moveCredential(desk.stack.address(Source));
        desk.choose(u"SwaggerHub (public)"_s);
        QVERIFY(!desk.act()->isEnabled());
        const QList<QLineEdit *> names = desk.dialog().findChildren<QLineEdit *>(u"typedName"_s);
        QCOMPARE(names.size(), 2);
        type(names.at(0), Taken);
        QVERIFY(!desk.act()->isEnabled());
        type(names.at(1), Source);
        QVERIFY(desk.act()->isEnabled());
        // Another choice is another question.
        desk.choose(u"SwaggerHub partners"_s);
        QVERIFY(!desk.act()->isEnabled());
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstHandoverDialog)
#include "tst_handoverdialog.moc"
