// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "text_member.hpp"

#include <penstock/detail/recycled.hpp>

#include <boost/container/small_vector.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace penstock::detail
{

/// The members of an object in their order, and the JSON text that they are parts of. It owns the
/// values that its members point at. [one lane; calls that are const may run on several threads]
class text_members
{
public:
    /// The most members: names are looked for one by one.
    static constexpr std::size_t most = 128;

    text_members() = default;

    /// Copies texts, and values that have none.
    text_members(const text_members& other);
    text_members& operator=(const text_members&) = delete;
    ~text_members();

    enum class reading
    {
        done,
        spaced, ///< a value has spaces between its tokens
        too_many
    };

    /// Reads an object that is valid JSON, while there are no members; of each key the last value. A
    /// member in which an object has a key twice is a value at once.
    [[nodiscard]] reading read(std::string_view object);

    [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }
    [[nodiscard]] const text_member* begin() const noexcept { return members_.data(); }
    [[nodiscard]] const text_member* end() const noexcept { return begin() + size(); }
    [[nodiscard]] text_member& operator[](std::size_t n) noexcept { return members_[n]; }
    [[nodiscard]] const text_member& operator[](std::size_t n) const noexcept
    {
        return members_[n];
    }

    /// The text that all names and values are parts of.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

    /// Returns the place of a name; size() if it is not there.
    [[nodiscard]] std::size_t index_of(std::string_view name) const noexcept;

    /// Returns the member of a name, perhaps a new one without a value; null if there are as many as
    /// stay text.
    [[nodiscard]] text_member* find_or_add(std::string_view name);

    /// Makes room for the text of some members, while there are none.
    void make_room();

    /// Sets a member to a value of that text; false as find_or_add(). Name and text may be parts of
    /// the text that is there.
    [[nodiscard]] bool put(std::string_view name, std::string_view text);

    /// Moves a member that is there to another name: behind all others, or to the place of the one
    /// that had it. False, and nothing moved, if the text would grow too long.
    [[nodiscard]] bool rename(std::string_view from, std::string_view to);

    /// Deletes a member; the others stay in their order.
    void erase(std::size_t n);

    /// Lets go of text that no member has any more, if it is much. Called after each change.
    void tidy();

private:
    [[nodiscard]] text_part add(std::string_view text);
    [[nodiscard]] bool has_room_for(std::size_t bytes) const noexcept;
    void clear() noexcept;

    recycled_string text_;
    // So many as most objects have are in one piece with the rest.
    boost::container::small_vector<text_member, 16> members_;
};

} // namespace penstock::detail
