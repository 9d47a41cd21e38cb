// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/uistate.h"

#include <QFile>
#include <QHeaderView>
#include <QSplitter>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

/// QSettings would make the file with the process's umask; once it exists, it keeps its mode.
QString madePrivate(const QString &file)
{
    QFile handle(file);
    if (!handle.exists() && handle.open(QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        handle.close();
    return file;
}

} // namespace

UiState::UiState(const QString &file)
    : m_settings(madePrivate(file), QSettings::IniFormat)
{
}

bool UiState::restoreWindow(const QString &name, QWidget &window) const
{
    return window.restoreGeometry(m_settings.value(u"window/"_s + name).toByteArray());
}

bool UiState::restore(const QString &name, QHeaderView &header) const
{
    // A state of another number of columns (an older Latchkey) would hide or shuffle the wrong ones.
    if (m_settings.value(u"columns/%1.count"_s.arg(name)).toInt() != header.count())
        return false;
    return header.restoreState(m_settings.value(u"columns/"_s + name).toByteArray());
}

bool UiState::restore(const QString &name, QSplitter &splitter) const
{
    return splitter.restoreState(m_settings.value(u"splitter/"_s + name).toByteArray());
}

void UiState::saveWindow(const QString &name, const QWidget &window)
{
    m_settings.setValue(u"window/"_s + name, window.saveGeometry());
}

void UiState::save(const QString &name, const QHeaderView &header)
{
    m_settings.setValue(u"columns/%1.count"_s.arg(name), header.count());
    m_settings.setValue(u"columns/"_s + name, header.saveState());
}

void UiState::save(const QString &name, const QSplitter &splitter)
{
    m_settings.setValue(u"splitter/"_s + name, splitter.saveState());
}

Theme UiState::theme() const
{
    const QString word = m_settings.value(u"theme"_s).toString();
    if (word == u"light"_s)
        return Theme::Light;
    return word == u"dark"_s ? Theme::Dark : Theme::System;
}

void UiState::setTheme(Theme theme)
{
    const QString word = theme == Theme::Light ? u"light"_s : theme == Theme::Dark ? u"dark"_s : u"system"_s;
    m_settings.setValue(u"theme"_s, word);
}

bool UiState::flag(const QString &name, bool otherwise) const
{
    return m_settings.value(u"flag/"_s + name, otherwise).toBool();
}

void UiState::setFlag(const QString &name, bool on)
{
    m_settings.setValue(u"flag/"_s + name, on);
}

} // namespace latchkey
