// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mail_package
{

/// The messages of an mbox, one after the other (RFC 4155, Appendix A). One begins with a line
/// `From ` that is the first, or follows an empty line, and that a header field follows, or another
/// such line.
class mbox
{
public:
    /// Begins with a text, which outlives this.
    explicit mbox(std::string_view text) : rest_(text) {}

    /// The next message, with its line `From `; empty at the end. What is before the first is
    /// skipped.
    [[nodiscard]] std::string_view next();

private:
    std::string_view rest_;
    bool begun_ = false;
};

/// Returns a message of an mbox as it was before it was put there: of each line that begins with
/// one or more `>` and `From `, one `>` is removed.
[[nodiscard]] std::string unquoted(std::string_view message);

/// Whether a message has such a line.
[[nodiscard]] bool is_quoted(std::string_view message);

} // namespace mail_package
