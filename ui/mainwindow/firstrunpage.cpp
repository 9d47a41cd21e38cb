// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/firstrunpage.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace latchkey {

FirstRunPage::FirstRunPage(QWidget *parent)
    : EmptyState(parent)
{
    setObjectName(u"firstRunPage"_s);
    set(Icon::Key, tr("Welcome to Latchkey"),
        tr("Latchkey shows the credentials of all integration instances of a Kong Konnect organization and "
           "keeps "
           "their keys in this computer's keychain.\n\nAdd a profile with a token of your organization, or "
           "look "
           "around in the demo first: it needs neither an account nor the network."));
    connect(addButton(tr("Add a Profile…"), u"firstRunAddProfile"_s), &QPushButton::clicked, this,
            &FirstRunPage::addProfileRequested);
    connect(addButton(tr("Open the Demo"), u"firstRunOpenDemo"_s), &QPushButton::clicked, this,
            &FirstRunPage::openDemoRequested);
}

} // namespace latchkey
