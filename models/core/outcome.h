// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QtGlobal>

#include <utility>
#include <variant>

namespace latchkey {

/// Either a value or the Problem that stood in its way; move-only values are fine.
///
///     Outcome<Profile> profile = co_await profiles.find(name);
///     if (!profile)
///         co_return std::move(profile).problem();
///     use(profile.value());
template <typename T = void>
class [[nodiscard]] Outcome
{
public:
    Outcome(T value) // NOLINT(google-explicit-constructor): `co_return value;`
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Outcome(Problem problem) // NOLINT(google-explicit-constructor): `co_return problem;`
        : m_state(std::in_place_index<1>, std::move(problem))
    {
    }

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// Only where `ok()`.
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T value() && { return std::get<0>(std::move(m_state)); }
    /// Only where not `ok()`.
    [[nodiscard]] const Problem &problem() const & { return std::get<1>(m_state); }
    [[nodiscard]] Problem problem() && { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Problem> m_state;
};

template <>
class [[nodiscard]] Outcome<void>
{
public:
    Outcome() = default;
    Outcome(Problem problem) // NOLINT(google-explicit-constructor): `co_return problem;`
        : m_problem(std::move(problem))
    {
    }

    [[nodiscard]] bool ok() const noexcept { return !m_problem.has_value(); }
    explicit operator bool() const noexcept { return ok(); }
    // NOLINTBEGIN(bugprone-unchecked-optional-access)
    [[nodiscard]] const Problem &problem() const & { return *m_problem; }
    [[nodiscard]] Problem problem() && { return *std::move(m_problem); }
    // NOLINTEND(bugprone-unchecked-optional-access)

private:
    std::optional<Problem> m_problem;
};

/// Worked, or the reason why not.
using Done = Outcome<void>;

} // namespace latchkey
