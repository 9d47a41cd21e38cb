<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en" language="en_US">
<context>
    <name>KonnectProblem</name>
    <message numerus="yes">
        <source>It asks to wait %n second(s).</source>
        <translation>
            <numerusform>It asks to wait %n second.</numerusform>
            <numerusform>It asks to wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ConnectionTest</name>
    <message numerus="yes">
        <source>%n instance(s)</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n integration(s)</source>
        <translation>
            <numerusform>%n integration</numerusform>
            <numerusform>%n integrations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: works, %n instance(s) visible</source>
        <translation>
            <numerusform>%1: works, %n instance visible</numerusform>
            <numerusform>%1: works, %n instances visible</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::KeychainSecretStore</name>
    <message numerus="yes">
        <source>The keychain did not answer within %n second(s).</source>
        <translation>
            <numerusform>The keychain did not answer within %n second.</numerusform>
            <numerusform>The keychain did not answer within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::Notices</name>
    <message numerus="yes">
        <source>Konnect takes no more requests at the moment: waiting %n s.</source>
        <translation>
            <numerusform>Konnect takes no more requests at the moment: waiting %n s.</numerusform>
            <numerusform>Konnect takes no more requests at the moment: waiting %n s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials could not be read:</source>
        <translation>
            <numerusform>%n credential could not be read:</numerusform>
            <numerusform>%n credentials could not be read:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::StatusLine</name>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n not read</numerusform>
            <numerusform>%n not read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::SettingsCommands</name>
    <message numerus="yes">
        <source>%n earlier sets of keys are older and will be removed for good.</source>
        <translation>
            <numerusform>%n earlier set of keys is older and will be removed for good.</numerusform>
            <numerusform>%n earlier sets of keys are older and will be removed for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::SettingsDialog</name>
    <message numerus="yes">
        <source>%n earlier sets of keys are kept, the oldest since %1.</source>
        <translation>
            <numerusform>%n earlier set of keys is kept, since %1.</numerusform>
            <numerusform>%n earlier sets of keys are kept, the oldest since %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are older than that and will be removed for good.</source>
        <translation>
            <numerusform>%n of them is older than that and will be removed for good.</numerusform>
            <numerusform>%n of them are older than that and will be removed for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ChangeChecks</name>
    <message numerus="yes">
        <source>Konnect takes no requests for %n second(s).</source>
        <translation>
            <numerusform>Konnect takes no requests for %n second.</numerusform>
            <numerusform>Konnect takes no requests for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ChangeWords</name>
    <message numerus="yes">
        <source>Konnect was asked %n time(s) to delete %1.</source>
        <translation>
            <numerusform>Konnect was asked %n time to delete %1.</numerusform>
            <numerusform>Konnect was asked %n times to delete %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was sent %n time(s) and never arrived.</source>
        <translation>
            <numerusform>It was sent %n time and never arrived.</numerusform>
            <numerusform>It was sent %n times and never arrived.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message numerus="yes">
        <source>in %n minutes</source>
        <translation>
            <numerusform>in %n minute</numerusform>
            <numerusform>in %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hours</source>
        <translation>
            <numerusform>in %n hour</numerusform>
            <numerusform>in %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n days</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing permissions</source>
        <translation>
            <numerusform>%n missing permission</numerusform>
            <numerusform>%n missing permissions</numerusform>
        </translation>
    </message>
</context>
</TS>
