// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace http_package
{

/// The form of a request's body, which each packet fills. Of a text the places are filled with
/// texts, and it is text. Any other JSON is JSON: a text in it that is one place becomes the value
/// that is there, null if there is none; in other texts places are filled with texts. Without a form
/// the body is JSON of the packet's fields. [any thread]
class body_form
{
public:
    body_form() = default;

    /// `form` is null for none. Throws std::invalid_argument for a place that is none.
    explicit body_form(penstock::json::value form);

    /// Whether there is a form.
    [[nodiscard]] bool is_given() const noexcept { return !form_.is_null(); }

    /// Whether the bodies are JSON.
    [[nodiscard]] bool is_json() const noexcept { return !form_.is_string(); }

    /// Makes the body. Throws std::invalid_argument for what cannot be filled, and for a number that
    /// JSON cannot hold.
    [[nodiscard]] std::string fill(const penstock::packet& from) const;

private:
    penstock::json::value form_;
};

} // namespace http_package
