// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/storage/database.h"
#include "tests/support/await.h"

#include <QTemporaryDir>

#include <memory>

namespace latchkey::test {

/// A database in a folder of its own that goes with this object.
class TemporaryDatabase
{
public:
    TemporaryDatabase() { reopen(); }

    /// As after a restart: what is in the file, and nothing else.
    void reopen()
    {
        m_database.reset();
        m_database = std::make_unique<Database>(file());
        const auto opened = await(m_database->open());
        if (!opened || !*opened)
            QTest::qFail("the database does not open", __FILE__, __LINE__);
    }
    void close() { m_database.reset(); }
    [[nodiscard]] QString file() const { return m_dir.filePath(QStringLiteral("data/latchkey.sqlite")); }
    [[nodiscard]] QString folder() const { return m_dir.filePath(QStringLiteral("data")); }
    Database &operator*() { return *m_database; }
    Database *operator->() { return m_database.get(); }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Database> m_database;
};

} // namespace latchkey::test
