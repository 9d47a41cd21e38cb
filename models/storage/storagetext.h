// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace latchkey {

/// The translation context of storage's functions that belong to no QObject: lupdate finds
/// `StorageText::tr()`.
struct StorageText
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::StorageText)
};

} // namespace latchkey
