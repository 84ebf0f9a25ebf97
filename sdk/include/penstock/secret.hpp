// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>

namespace penstock
{

/// A password, a token or a key that a graph gives by reference only: `"${secret:NAME}"` or
/// `"${env:NAME}"`. The host shows it nowhere, and a graph that has it written out is refused.
///
/// It does not turn into text by itself, so that none gets into a message by accident.
class secret
{
public:
    /// Holds no secret.
    secret() = default;

    /// Takes a text over.
    explicit secret(std::string value) : value_(std::move(value)) {}

    /// Whether the text is empty.
    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }

    /// Returns what the reference stands for: for the far side, never for a log or a reason. Lives
    /// as long as this object. [any thread]
    [[nodiscard]] const std::string& reveal() const noexcept { return value_; }

private:
    std::string value_;
};

} // namespace penstock
