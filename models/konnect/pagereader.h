// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/konnect/konnectclient.h"
#include "models/konnect/listmerge.h"
#include "models/konnect/pagecodec.h"
#include "models/konnect/problemcodec.h"
#include "models/konnect/transferresult.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace latchkey {

/// Decides which page of a list comes next, and when it is enough. Feed it the answer for `page()` until
/// `isAtEnd()`.
///
/// Believes the size that comes back, not the one that was asked for; stops at an empty page; reads
/// everything once more where an item seems to have been missed, but only once.
template <typename T>
class PageReader
{
public:
    using Decode = std::function<std::optional<T>(const QJsonValue &)>;
    using IdOf = std::function<QString(const T &)>;

    PageReader(QString host, Decode decode, IdOf idOf)
        : m_host(std::move(host))
        , m_decode(std::move(decode))
        , m_idOf(std::move(idOf))
    {
        m_merge.startPass();
    }

    [[nodiscard]] bool isAtEnd() const { return m_atEnd; }
    [[nodiscard]] int page() const { return m_page; }
    [[nodiscard]] int size() const { return 100; }                  ///< To ask for.
    [[nodiscard]] const QList<T> &fresh() const { return m_fresh; } ///< New with the last page.
    [[nodiscard]] int count() const { return m_merge.count(); }
    /// Konnect's, or what came so far where it told none.
    [[nodiscard]] int total() const { return m_total >= 0 ? m_total : m_merge.count(); }

    /// BadAnswer: this is no page.
    [[nodiscard]] std::optional<Problem> take(const TransferResult &answer)
    {
        const JsonAnswer json = jsonOf(answer, m_host);
        if (json.problem)
            return json.problem;
        const std::optional<ListPage> page = pageFromJson(json.object);
        if (!page)
            return badAnswer(m_host, KonnectClient::tr("The list has no “data”."));
        const int before = m_merge.dropped();
        m_total = page->total.value_or(-1);
        m_merge.startPage(static_cast<int>(page->data.size()), m_total);
        m_lastPageEmpty = page->data.isEmpty();
        m_fresh.clear();
        for (const QJsonValue &each : page->data) {
            std::optional<T> item = m_decode(each);
            if (!item)
                m_merge.drop();
            else if (m_merge.add(m_idOf(*item), *item))
                m_fresh.append(*std::move(item));
        }
        if (isLast(*page, m_merge.dropped() > before))
            return endPass();
        ++m_page;
        // Ten times what the largest organization could need with the smallest pages.
        constexpr int mostPages = 20'000;
        if (m_page > mostPages)
            return badAnswer(m_host, KonnectClient::tr("The list does not end."));
        return std::nullopt;
    }

    [[nodiscard]] Listing<T> result()
    {
        Listing<T> listing;
        listing.dropped = m_merge.dropped();
        // Without a total only an empty page is an end; a page that came before is none.
        listing.complete = m_merge.looksComplete() && (m_total >= 0 || m_lastPageEmpty);
        listing.items = m_merge.take();
        return listing;
    }

private:
    [[nodiscard]] bool isLast(const ListPage &page, bool dropped) const
    {
        if (page.data.isEmpty())
            return true;
        if (m_total >= 0)
            return m_merge.read() >= m_total;
        // No total: go on until nothing new comes, so that a server that always sends the first page ends
        // too.
        return m_fresh.isEmpty() && !dropped;
    }

    std::optional<Problem> endPass()
    {
        if (m_merge.looksComplete() || m_again) {
            m_atEnd = true;
        } else {
            m_again = true;
            m_page = 1;
            m_merge.startPass();
        }
        return std::nullopt;
    }

    QString m_host;
    Decode m_decode;
    IdOf m_idOf;
    ListMerge<T> m_merge;
    QList<T> m_fresh;
    int m_page = 1;
    int m_total = -1;
    bool m_lastPageEmpty = false;
    bool m_again = false; ///< This is the second reading.
    bool m_atEnd = false;
};

} // namespace latchkey
