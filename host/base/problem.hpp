// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace penstock::host
{

/// A problem with something that was given to the host: where, what is wrong, what was expected.
///
/// Not an aggregate: `result<int, problem>` would then refuse `return 1;`.
struct problem
{
    problem() = default;

    problem(std::string file, std::string at, std::string what, std::string instead)
        : where(std::move(file)),
          pointer(std::move(at)),
          message(std::move(what)),
          expected(std::move(instead))
    {
    }

    std::string where;    ///< a file, or empty
    std::string pointer;  ///< a JSON pointer within it, or empty
    std::string message;  ///< what is wrong
    std::string expected; ///< a whole phrase, `1 was expected` or `did you mean "in"?`; or empty

    friend bool operator==(const problem&, const problem&) = default;
};

/// Renders `where:pointer: message; expected`, on one line, without the parts that are empty.
[[nodiscard]] std::string to_string(const problem& problem);

/// Quotes what came from outside for a message: one line, printable, cut when it is very long.
[[nodiscard]] std::string quote(std::string_view text);

} // namespace penstock::host
