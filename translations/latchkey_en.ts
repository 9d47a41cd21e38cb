<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
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
    <name>bulktext</name>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>New credentials for %n instances</source>
        <translation>
            <numerusform>New credentials for %n instance</numerusform>
            <numerusform>New credentials for %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace the credentials of %n instances</source>
        <translation>
            <numerusform>Replace the credentials of %n instance</numerusform>
            <numerusform>Replace the credentials of %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete the credentials of %n instances</source>
        <translation>
            <numerusform>Delete the credentials of %n instance</numerusform>
            <numerusform>Delete the credentials of %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Create %n credentials</source>
        <translation>
            <numerusform>Create %n credential</numerusform>
            <numerusform>Create %n credentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %n credentials</source>
        <translation>
            <numerusform>Replace %n credential</numerusform>
            <numerusform>Replace %n credentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n credentials</source>
        <translation>
            <numerusform>Delete %n credential</numerusform>
            <numerusform>Delete %n credentials</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have no way back: their old keys are not known here.</source>
        <translation>
            <numerusform>%n has no way back: its old keys are not known here.</numerusform>
            <numerusform>%n have no way back: their old keys are not known here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines, one for each instance.</source>
        <translation>
            <numerusform>%n line, one for each instance.</numerusform>
            <numerusform>%n lines, one for each instance.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines were pasted, but there are %1 instances. Nothing of it is used.</source>
        <translation>
            <numerusform>%n line was pasted, but there are %1 instances. Nothing of it is used.</numerusform>
            <numerusform>%n lines were pasted, but there are %1 instances. Nothing of it is used.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n done.</source>
        <translation>
            <numerusform>All %n done.</numerusform>
            <numerusform>All %n done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are waiting among the interrupted changes: they can be finished there. New keys stay kept.</source>
        <translation>
            <numerusform>%n is waiting among the interrupted changes: it can be finished there. New keys stay kept.</numerusform>
            <numerusform>%n are waiting among the interrupted changes: they can be finished there. New keys stay kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::AttentionModel</name>
    <message numerus="yes">
        <source>%n other instances still have it: replace it there first.</source>
        <translation>
            <numerusform>%n other instance still has it: replace it there first.</numerusform>
            <numerusform>%n other instances still have it: replace it there first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::BulkGroup</name>
    <message numerus="yes">
        <source>%1: paste one line for each of the %n instances.</source>
        <translation>
            <numerusform>%1: paste one line for the %n instance.</numerusform>
            <numerusform>%1: paste one line for each of the %n instances.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::BulkGroupForm</name>
    <message numerus="yes">
        <source>Paste one line for each of the %n instances, in the order of the list above.</source>
        <translation>
            <numerusform>Paste one line for the instance.</numerusform>
            <numerusform>Paste one line for each of the %n instances, in the order of the list above.</numerusform>
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
        <source>It was tried %n time(s), the last time with this end:</source>
        <translation>
            <numerusform>It was tried %n time, the last time with this end:</numerusform>
            <numerusform>It was tried %n times, the last time with this end:</numerusform>
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
    <name>latchkey::InstanceActions</name>
    <message numerus="yes">
        <source>Not more than %n instances can be changed together.</source>
        <translation>
            <numerusform>Not more than %n instance can be changed together.</numerusform>
            <numerusform>Not more than %n instances can be changed together.</numerusform>
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
        <source>%Ln credentials could not be read:</source>
        <translation>
            <numerusform>%Ln credential could not be read:</numerusform>
            <numerusform>%Ln credentials could not be read:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes were interrupted: %1.</source>
        <translation>
            <numerusform>%n change was interrupted: %1.</numerusform>
            <numerusform>%n changes were interrupted: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::SelectionPane</name>
    <message numerus="yes">
        <source>%Ln instances selected</source>
        <translation>
            <numerusform>%Ln instance selected</numerusform>
            <numerusform>%Ln instances selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in production</source>
        <translation>
            <numerusform>%Ln in production</numerusform>
            <numerusform>%Ln in production</numerusform>
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
    <name>latchkey::StatusLine</name>
    <message numerus="yes">
        <source>%Ln instances</source>
        <translation>
            <numerusform>%Ln instance</numerusform>
            <numerusform>%Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shown</source>
        <translation>
            <numerusform>%Ln shown</numerusform>
            <numerusform>%Ln shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not read</source>
        <translation>
            <numerusform>%Ln not read</numerusform>
            <numerusform>%Ln not read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ThresholdsPanel</name>
    <message numerus="yes">
        <source>%n profiles and integrations have thresholds of their own.</source>
        <translation>
            <numerusform>%n profile or integration has thresholds of its own.</numerusform>
            <numerusform>%n profiles and integrations have thresholds of their own.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::TrayIcon</name>
    <message numerus="yes">
        <source>Latchkey: %n credentials and tokens need attention</source>
        <translation>
            <numerusform>Latchkey: %n credential or token needs attention</numerusform>
            <numerusform>Latchkey: %n credentials and tokens need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::WordsOfChanges</name>
    <message numerus="yes">
        <source>%n days from its creation</source>
        <translation>
            <numerusform>%n day from its creation</numerusform>
            <numerusform>%n days from its creation</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reminderwords</name>
    <message numerus="yes">
        <source>%n old keys are still to be revoked</source>
        <translation>
            <numerusform>%n old key is still to be revoked</numerusform>
            <numerusform>%n old keys are still to be revoked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials expire within %1 days</source>
        <translation>
            <numerusform>%n credential expires within %1 days</numerusform>
            <numerusform>%n credentials expire within %1 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials expire within a day</source>
        <translation>
            <numerusform>%n credential expires within a day</numerusform>
            <numerusform>%n credentials expire within a day</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials have expired</source>
        <translation>
            <numerusform>%n credential has expired</numerusform>
            <numerusform>%n credentials have expired</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials must be replaced</source>
        <translation>
            <numerusform>%n credential must be replaced</numerusform>
            <numerusform>%n credentials must be replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens of profiles have expired</source>
        <translation>
            <numerusform>%n token of a profile has expired</numerusform>
            <numerusform>%n tokens of profiles have expired</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens of profiles expire within a day</source>
        <translation>
            <numerusform>%n token of a profile expires within a day</numerusform>
            <numerusform>%n tokens of profiles expire within a day</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens of profiles expire within %1 days</source>
        <translation>
            <numerusform>%n token of a profile expires within %1 days</numerusform>
            <numerusform>%n tokens of profiles expire within %1 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials need attention</source>
        <translation>
            <numerusform>%n credential needs attention</numerusform>
            <numerusform>%n credentials need attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens of profiles are refused: expired or revoked</source>
        <translation>
            <numerusform>%n token of a profile is refused: expired or revoked</numerusform>
            <numerusform>%n tokens of profiles are refused: expired or revoked</numerusform>
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
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
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
