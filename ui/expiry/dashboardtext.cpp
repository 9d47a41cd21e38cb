// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/dashboardtext.h"

#include "models/core/wording.h"

#include <QCoreApplication>

namespace latchkey::dashboardtext {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(dashboardtext)
};

QString counted(const char *one, const char *other, int n)
{
    return wording::counted("dashboardtext", one, other, n);
}

QString within(const DashboardFacts &facts)
{
    const QString days = counted("%n day", QT_TRANSLATE_N_NOOP("dashboardtext", "%n days"), facts.days);
    if (facts.expiring == 0)
        return Text::tr("Nothing expires within %1").arg(days);
    return counted("%n expires within %1", QT_TRANSLATE_N_NOOP("dashboardtext", "%n expire within %1"),
                   facts.expiring)
        .arg(days);
}

} // namespace

QString outlook(const DashboardFacts &facts)
{
    QStringList unknown;
    if (facts.notChecked > 0)
        unknown << (facts.checking ? Text::tr("still checking")
                                   : counted("%n is not checked",
                                             QT_TRANSLATE_N_NOOP("dashboardtext", "%n are not checked"),
                                             facts.notChecked));
    if (facts.noKnownExpiry > 0)
        unknown << counted("%n has no known expiry",
                           QT_TRANSLATE_N_NOOP("dashboardtext", "%n have no known expiry"),
                           facts.noKnownExpiry);
    if (facts.unread > 0)
        unknown << counted("%n was not read lately",
                           QT_TRANSLATE_N_NOOP("dashboardtext", "%n were not read lately"), facts.unread);
    if (facts.unreadEndpoints > 0)
        unknown << counted("%n endpoint could not be read",
                           QT_TRANSLATE_N_NOOP("dashboardtext", "%n endpoints could not be read"),
                           facts.unreadEndpoints);
    if (unknown.isEmpty())
        return Text::tr("%1.").arg(within(facts));
    return Text::tr("%1; %2.").arg(within(facts), unknown.join(u", "_s));
}

QString nothingToDo(const DashboardFacts &facts)
{
    if (facts.checking)
        return Text::tr("Checking… Nothing that was read so far needs attention.");
    return Text::tr("Nothing needs attention. %1").arg(outlook(facts));
}

bool isAllClear(const DashboardFacts &facts)
{
    return !facts.checking && facts.notChecked == 0 && facts.noKnownExpiry == 0 && facts.expiring == 0 &&
           facts.unread == 0 && facts.unreadEndpoints == 0;
}

} // namespace latchkey::dashboardtext
