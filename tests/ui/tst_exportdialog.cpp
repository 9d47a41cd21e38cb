// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/configurationfiles.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/note.h"
#include "ui/transfer/exportdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

/// The dialog over the real inventory, driven by object names.
class TstExportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
    }
    void cleanup()
    {
        m_dialog.reset();
        m_stack.reset();
        m_world.reset();
    }

    void theTextIsReadBeforeItIsSaved()
    {
        open();
        QVERIFY(text().contains(u"datadog-staging"_s));
        QVERIFY(child<QPlainTextEdit>(u"exportText"_s)->isReadOnly());
        QVERIFY(!text().contains(QLatin1String(World::token)));
        child<QPushButton>(u"copyExportButton"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), text());
        const QString file = m_world->dir.filePath(u"configuration.json"_s);
        save(file);
        QTRY_VERIFY(child<Note>(u"exportDone"_s)->text().contains(u"configuration.json"_s));
        const auto read = configurationfiles::read(file);
        QVERIFY(read && read.value().plan);
        QVERIFY(read.value().plan->document.instances() > 10);
    }

    void onlyWhatIsSelectedIsExported()
    {
        open({u"datadog-staging"_s, u"swaggerhub-public"_s});
        // Who selected several means them.
        QCOMPARE(child<QComboBox>(u"exportScope"_s)->currentText(), u"What is selected: 2 instances"_s);
        QVERIFY(text().contains(u"datadog-staging"_s));
        QVERIFY(!text().contains(u"datadog-checkout"_s));
        choose(u"exportScope"_s, u"Profile Test organization: 40 instances"_s);
        QVERIFY(text().contains(u"datadog-checkout"_s));
    }

    void oneThatIsSelectedIsOffered()
    {
        open({u"datadog-staging"_s});
        QVERIFY(text().contains(u"datadog-checkout"_s));
        choose(u"exportScope"_s, u"What is selected: 1 instance"_s);
        QVERIFY(!text().contains(u"datadog-checkout"_s));
    }

    void otherToolsHaveTheirForms()
    {
        open({u"datadog-staging"_s, u"swaggerhub-public"_s});
        auto *form = child<QComboBox>(u"exportForm"_s);
        form->setCurrentIndex(2);
        form->setCurrentIndex(1); // The last one counts.
        made();
        QVERIFY(text().contains(u"import {"_s));
        QVERIFY(text().contains(m_world->instanceId(u"datadog-staging"_s)));
        QVERIFY(visibleText(*m_dialog).contains(u"has no keys there"_s));
        form->setCurrentIndex(2);
        made();
        QVERIFY(text().contains(u"pulumi import"_s));
        QVERIFY(!isShown(*m_dialog, u"exportPart"_s)); // One profile with one endpoint.
    }

    void whatCannotBeWrittenLeavesTheOldFileWhole()
    {
        open();
        save(m_world->dir.filePath(u"no/such/folder/configuration.json"_s));
        QTRY_VERIFY(isShown(*m_dialog, u"problemPanel"_s));
        QVERIFY(visibleText(*child<QWidget>(u"problemPanel"_s)).contains(u"configuration.json"_s));
        QVERIFY(!isShown(*m_dialog, u"exportDone"_s));
        // In the place of a folder nothing can be written; what is in it stays.
        const QString folder = m_world->dir.filePath(u"closed"_s);
        QVERIFY(QDir().mkpath(folder));
        const QString file = folder + u"/old.json"_s;
        QFile old(file);
        QVERIFY(old.open(QFile::WriteOnly));
        QVERIFY(old.write("old") == 3);
        old.close();
        save(folder); // What was said before is gone by then.
        QTRY_VERIFY(isShown(*m_dialog, u"problemPanel"_s));
        QVERIFY(old.open(QFile::ReadOnly));
        QCOMPARE(old.readAll(), QByteArrayLiteral("old"));
        save(m_world->dir.filePath(u"configuration.json"_s));
        QVERIFY(!isShown(*m_dialog, u"problemPanel"_s));
    }

    void theWindowGoesOnWhileTheTextIsMade()
    {
        m_pool.setMaxThreadCount(1);
        QSemaphore busy;
        m_pool.start([&busy] { busy.acquire(); });
        show({});
        QVERIFY(!child<QPushButton>(u"actButton"_s)->isEnabled());
        QVERIFY(visibleText(*m_dialog).contains(u"is being made"_s));
        child<QComboBox>(u"exportForm"_s)->setCurrentIndex(1);
        child<QComboBox>(u"exportForm"_s)->setCurrentIndex(0);
        QVERIFY(text().isEmpty());
        busy.release();
        made();
        QVERIFY(text().contains(u"datadog-staging"_s) && text().startsWith(u'{'));
        QVERIFY(!visibleText(*m_dialog).contains(u"is being made"_s));
    }

private:
    template <typename T>
    T *child(const QString &name) const
    {
        return get<T>(*m_dialog, name);
    }
    [[nodiscard]] QString text() const { return child<QPlainTextEdit>(u"exportText"_s)->toPlainText(); }
    void open(const QStringList &selected = {})
    {
        show(selected);
        made();
    }
    void show(const QStringList &selected)
    {
        QList<InstanceAddress> addresses;
        for (const QString &name : selected)
            addresses.append(m_stack->address(name));
        m_dialog = std::make_unique<ExportDialog>(m_stack->profiles.all(), m_stack->inventory.records(),
                                                  addresses, m_pool);
        m_dialog->show();
    }
    void made() const { QTRY_VERIFY(child<QPushButton>(u"actButton"_s)->isEnabled()); }
    void choose(const QString &combo, const QString &text) const
    {
        auto *choice = child<QComboBox>(combo);
        QVERIFY2(choice->findText(text) >= 0, qPrintable(text));
        choice->setCurrentIndex(choice->findText(text));
        made();
    }
    void save(const QString &file)
    {
        child<QPushButton>(u"actButton"_s)->click();
        auto *chooser = child<QFileDialog>(u"transferFileDialog"_s);
        Q_EMIT chooser->fileSelected(file);
        chooser->close();
        QTRY_VERIFY(m_dialog->findChild<QFileDialog *>(u"transferFileDialog"_s) == nullptr);
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    QThreadPool m_pool;
    std::unique_ptr<ExportDialog> m_dialog;
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstExportDialog)
#include "tst_exportdialog.moc"
