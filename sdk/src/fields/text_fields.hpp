// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "text_members.hpp"

#include <penstock/detail/recycled.hpp>
#include <penstock/json.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::detail
{

/// Fields whose values stay parts of the JSON text that they came in. A value that somebody asks
/// for is made of its text and kept beside it; one that is changed loses its text. A short text that
/// a field is set to is added to that text.
///
/// It has its own copy of the text of the object alone: whatever body that came in may be freed,
/// and of text that no field has any more, 4 KiB may stay, or as much as is in use. [one lane;
/// calls that are const may run on several threads at once]
class text_fields final : public recycled
{
public:
    /// The most fields.
    static constexpr std::size_t most = text_members::most;

    /// Makes fields of an object that is valid JSON, of each key the last value; null if there are
    /// more of them than stay text. A field in which an object has a key twice is a value at once.
    [[nodiscard]] static std::unique_ptr<text_fields> of(std::string_view object);

    /// Makes fields of which there are none yet.
    [[nodiscard]] static std::unique_ptr<text_fields> none();

    /// Copies texts, and values that have none.
    text_fields(const text_fields& other) : members_(other.members_) {}
    text_fields& operator=(const text_fields&) = delete;
    ~text_fields();

    [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }

    [[nodiscard]] bool contains(std::string_view name) const noexcept
    {
        return members_.index_of(name) != members_.size();
    }

    /// Returns the value; null when absent. Valid until the fields are changed.
    [[nodiscard]] const json::value* find(std::string_view name) const;

    /// Returns the value that is a text; nothing when absent or no text. Valid as for find(). Makes no
    /// value unless the text has escapes.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;

    /// Whether the value of a field is a list; false when absent.
    [[nodiscard]] bool is_list(std::string_view name) const noexcept;

    /// Returns a value that is there, to be changed: its text is let go.
    [[nodiscard]] json::value& change(std::string_view name);

    /// Sets a field to a value; false, and nothing set, if there are as many fields as stay text.
    [[nodiscard]] bool put(std::string_view name, json::value&& value);

    /// Sets a field to a text; false as the other.
    [[nodiscard]] bool put(std::string_view name, std::string_view text);

    /// Sets a field to a value of that text; false as put().
    [[nodiscard]] bool put_json(std::string_view name, std::string_view text);

    /// Moves a field that is there to another name: behind all others, or to the place of the field
    /// that had it. False, and nothing moved, if the text would grow too long.
    [[nodiscard]] bool rename(std::string_view from, std::string_view to);

    /// Copies a field that is there to another name; false as put().
    [[nodiscard]] bool copy(std::string_view from, std::string_view to);

    /// Deletes a field that is there; the others stay in their order.
    void erase(std::string_view name);

    /// Returns all names in their order.
    [[nodiscard]] std::vector<std::string_view> names() const;

    /// Returns all fields as values. Valid until the fields are changed.
    [[nodiscard]] const json::object& all() const;

    /// Returns what all() does, and keeps nothing.
    [[nodiscard]] json::object values() const;

    /// Returns a copy of the value of a field that is there, and keeps nothing.
    [[nodiscard]] json::value copy_of(std::string_view name) const;

    /// Returns the text of the value of a field that is there; empty if it has none.
    [[nodiscard]] std::string_view json_of(std::string_view name) const noexcept
    {
        return json_of(members_[members_.index_of(name)]);
    }

    /// Appends the fields as one JSON object, each value that has a text as it came, but without
    /// spaces between tokens. Throws std::invalid_argument as write_json() does.
    void write(std::string& out) const;

    /// About how many bytes the text and the values take.
    [[nodiscard]] std::uint64_t bytes() const noexcept;

private:
    text_fields() = default;

    [[nodiscard]] std::string_view name_of(const text_member& of) const noexcept
    {
        return of.name.of(members_.text());
    }
    [[nodiscard]] std::string_view json_of(const text_member& of) const noexcept
    {
        return of.text.of(members_.text());
    }
    [[nodiscard]] const json::value& value_of(const text_member& of) const;

    [[nodiscard]] bool put_value(std::string_view name, json::value&& value);
    void forget_all() noexcept;

    text_members members_;
    mutable json::object* all_ = nullptr; // made when somebody asks for it
};

} // namespace penstock::detail
