// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// Names a place in packets: `/meta/NAME`, `/fields/NAME`, or `NAME`, which is the meta of that
/// name or else the field.
class place
{
public:
    explicit place(std::string_view where);

    /// Returns what is there as text; nothing if it is absent, null, empty
    /// or holds a number that JSON cannot.
    [[nodiscard]] std::optional<std::string> text(const penstock::packet& packet) const;

    /// Returns the texts that are there, of a list each as text() has it; those that are none are
    /// left out.
    [[nodiscard]] std::vector<std::string> texts(const penstock::packet& packet) const;

    /// Puts a text there; `NAME` is meta.
    void put(penstock::packet& packet, std::string_view text) const;

private:
    [[nodiscard]] const penstock::json::value* find(const penstock::packet& packet) const;

    std::string name_;
    bool meta_ = true;
    bool field_ = true;
};

} // namespace search_package
