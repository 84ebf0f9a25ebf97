// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "text_fields.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::detail
{

/// The fields of a packet, or its meta, which are set as fields are: values, or, as long as they are
/// those of a JSON text and not too many, parts of that text. [one lane; calls that are const may
/// run on several threads at once]
class field_store
{
public:
    field_store() = default;
    field_store(const field_store& other);
    field_store& operator=(field_store&&) noexcept = default;

    /// Replaces all fields by values.
    void assign(json::object values) noexcept;

    /// Replaces all fields by the members of an object that is valid JSON; false, and nothing
    /// replaced, if there are more of them than stay text.
    [[nodiscard]] bool assign_text(std::string_view object);

    [[nodiscard]] std::size_t size() const noexcept
    {
        return texts_ ? texts_->size() : values_.size();
    }

    [[nodiscard]] bool contains(std::string_view name) const noexcept
    {
        return texts_ ? texts_->contains(name) : values_.contains(name);
    }

    /// Returns the value; null when absent. Valid until the fields are changed.
    [[nodiscard]] const json::value* find(std::string_view name) const
    {
        return texts_ ? texts_->find(name) : values_.if_contains(name);
    }

    /// Returns the value that is a text; nothing when absent or no text. Valid as for find().
    [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;

    /// Whether the value of a field is a list; false when absent.
    [[nodiscard]] bool is_list(std::string_view name) const noexcept;

    /// Returns a value that is there, to be changed.
    [[nodiscard]] json::value& change(std::string_view name)
    {
        return texts_ ? texts_->change(name) : values_.at(name);
    }

    /// Deletes all fields. Those that are set from now on stay text, as assign_text() has them.
    void begin_text();

    void put(std::string_view name, json::value&& value);

    /// Sets a field to a text.
    void put(std::string_view name, std::string_view text);

    /// Sets a field to that of another packet, as it came if it has a text. It is there.
    void put_of(const field_store& other, std::string_view name);

    /// Moves a field that is there to another name: behind all others, or to the place of the field
    /// that had it.
    void rename(std::string_view from, std::string_view to);

    /// Copies a field that is there to another name.
    void copy(std::string_view from, std::string_view to);

    /// Deletes a field that is there; the others stay in their order.
    void erase(std::string_view name);

    /// Returns all names in their order.
    [[nodiscard]] std::vector<std::string_view> names() const;

    /// Returns all fields as values. Valid until the fields are changed.
    [[nodiscard]] const json::object& all() const { return texts_ ? texts_->all() : values_; }

    /// Appends the fields as one JSON object. Throws std::invalid_argument as write_json() does.
    void write(std::string& out) const;

    /// About how many bytes they take.
    [[nodiscard]] std::uint64_t bytes() const noexcept;

    /// Compares values, whether they are text or not.
    friend bool operator==(const field_store& a, const field_store& b)
    {
        return a.all() == b.all();
    }

private:
    std::unique_ptr<text_fields> make_values();
    void put_value(std::string_view name, json::value&& value);

    std::unique_ptr<text_fields> texts_;
    json::object values_; // if there are no texts
};

} // namespace penstock::detail
