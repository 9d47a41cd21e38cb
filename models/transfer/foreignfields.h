// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/foreigncredential.h"
#include "models/transfer/foreignvalues.h"

#include <vector>

namespace latchkey {

/// The attributes of a resource, which Konnect and the tools name alike: `multi_key_auth` or `multiKeyAuth`.
///
/// A tool may have several sets of them, e.g. what it was told and what Konnect answered: an attribute is
/// taken from the first set that has it, a key from the first that has that key. Keys go from the file's
/// bytes straight into a Secret.
class ForeignFields
{
public:
    /// No header carries a longer key.
    static constexpr qsizetype LongestKey = qsizetype(64) * 1024;
    static constexpr int MostHeaders = 100;

    /// Null sets are left out. All must outlive this.
    ForeignFields(ForeignValues &values, const std::vector<const JsonNode *> &sets);

    /// Empty where it is not there, no text, or longer than a name or an id.
    [[nodiscard]] QString text(QByteArrayView name) const;
    [[nodiscard]] QString text(QByteArrayView object, QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;

    /// The ids, the instance and the times.
    void readReferences(ForeignCredential &credential) const;
    /// The headers, `config.headers[].{name,key}`, below the object of this name, or the sets themselves
    /// where it is empty. `whyNone` is said of keys that are not there for no other reason.
    void readHeaders(ForeignCredential &credential, QByteArrayView object, const QString &whyNone) const;

private:
    [[nodiscard]] ForeignValue member(const JsonNode &object, QByteArrayView name) const;

    ForeignValues &m_values;
    std::vector<const JsonNode *> m_sets;
};

} // namespace latchkey
