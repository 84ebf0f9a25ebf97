// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>

namespace penstock
{

/// Holds a password, a token or a key that a graph gives by reference only: `"${secret:NAME}"` or
/// `"${env:NAME}"`. The host shows it nowhere, and a graph that has it written out is refused.
///
/// It does not turn into text by itself, so that none gets into a message by accident.
class secret
{
public:
    secret() = default;

    explicit secret(std::string value) : value_(std::move(value)) {}

    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }

    /// Returns what the reference stands for: for the far side, never for a log or a reason.
    [[nodiscard]] const std::string& reveal() const noexcept { return value_; }

private:
    std::string value_;
};

} // namespace penstock
