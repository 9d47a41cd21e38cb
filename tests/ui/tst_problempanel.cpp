// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/common/problempanel.h"

#include <QApplication>
#include <QLabel>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace latchkey {

class TstProblemPanel : public QObject
{
    Q_OBJECT

    static QSize sizeWith(ProblemPanel &panel, const QString &detail)
    {
        panel.showProblem(Problem::of(Problem::Category::Refused, u"Konnect said no."_s, detail));
        panel.resize(500, 10);
        panel.resize(500, panel.sizeHint().height());
        return panel.size();
    }

private Q_SLOTS:
    void aShortDetailIsSeenWhole()
    {
        ProblemPanel panel;
        sizeWith(panel, u"Two words.\nAnd three more."_s);
        const auto *detail = panel.findChild<QLabel *>(u"problemDetail"_s);
        const auto *scroll = panel.findChild<QScrollArea *>();
        QVERIFY(scroll->height() >= 2 * detail->fontMetrics().lineSpacing());
        QVERIFY(scroll->height() >= detail->heightForWidth(scroll->width()));
    }

    void aLongDetailLeavesRoomForOthers()
    {
        ProblemPanel panel;
        const int some = sizeWith(panel, u"line\n"_s.repeated(8)).height();
        const QString said = u"the server has much to say "_s.repeated(200);
        QVERIFY(sizeWith(panel, said).height() <= some);
        // All of it can be scrolled to.
        const auto *detail = panel.findChild<QLabel *>(u"problemDetail"_s);
        QCOMPARE(detail->text(), said);
        QTRY_VERIFY(detail->height() >= detail->heightForWidth(detail->width()));
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstProblemPanel)
#include "tst_problempanel.moc"
