// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "exact_double.hpp"

#include <penstock/json.hpp>

#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::detail
{

/// The refusal of a handler, and where its text begins if that is known.
struct refusal
{
    std::string what;
    const char* at = nullptr; // in the text, or in what the parser has of an escape
};

/// Notices a key that an object has twice.
class key_watch
{
public:
    void open() { objects_.emplace_back(); }

    void close() { objects_.pop_back(); }

    void part(std::string_view text) { key_ += text; }

    /// False if the object has that key already.
    bool end(std::string_view text)
    {
        key_ += text;
        const bool is_new = objects_.back().insert(key_).second;
        key_.clear();
        return is_new;
    }

private:
    std::vector<std::set<std::string>> objects_;
    std::string key_;
};

/// Builds nothing.
struct no_builder
{
    static constexpr bool needs_numbers = false;

    no_builder(std::size_t, bool) {}

    static bool fits() { return true; }

    void array(std::size_t) {}

    static bool object(std::size_t) { return true; }

    void part(std::string_view) {}

    void key(std::string_view) {}

    void string(std::string_view) {}

    void int64(std::int64_t) {}

    void uint64(std::uint64_t) {}

    void number(double) {}

    void boolean(bool) {}

    void null() {}
};

/// Returns whether a number that Boost could not read as an integer is one nevertheless.
inline bool is_big_integer(std::string_view text) noexcept
{
    constexpr std::size_t digits = 19; // below, it would have fitted
    return text.size() >= digits &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return c != '.' && c != 'e' && c != 'E'; });
}

/// Receives the tokens of Boost's parser; numbers are made of their text, and what the options
/// refuse is refused.
template <class Builder>
struct json_handler : Builder
{
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    using text = json::string_view;
    using code = boost::json::error_code;

    explicit json_handler(const json_options& options)
        : Builder(options.memory, options.members != json_options::unbounded),
          most_members(options.members),
          big(options.big),
          watch_keys(options.duplicates == duplicate_key::refuse)
    {
    }

    bool on_document_begin(code&) { return true; }

    bool on_document_end(code&) { return true; }

    bool on_array_begin(code&) { return true; }

    bool on_array_end(std::size_t n, code& ec)
    {
        this->array(n);
        return check_memory(ec);
    }

    bool on_object_begin(code&)
    {
        members.push_back(0);
        if (watch_keys)
            keys.open();
        return true;
    }

    bool on_object_end(std::size_t n, code& ec)
    {
        members.pop_back();
        if (watch_keys)
            keys.close();
        if (!this->object(n))
            return refuse("too many keys with equal hashes; expected such as differ", nullptr, ec);
        return check_memory(ec);
    }

    bool on_key_part(text s, std::size_t, code& ec)
    {
        if (watch_keys)
            keys.part(s);
        this->part(s);
        return check_memory(ec, s.data());
    }

    bool on_key(text s, std::size_t, code& ec)
    {
        if (++members.back() > most_members)
            return refuse("an object with too many members; expected at most " +
                              std::to_string(most_members),
                          nullptr, ec);
        if (watch_keys && !keys.end(s))
            return refuse("a key the object has already; expected each key once", nullptr, ec);
        this->key(s);
        return check_memory(ec, s.data());
    }

    bool on_string_part(text s, std::size_t, code& ec)
    {
        this->part(s);
        return check_memory(ec, s.data());
    }

    bool on_string(text s, std::size_t, code& ec)
    {
        this->string(s);
        return check_memory(ec, s.data());
    }

    bool on_number_part(text, code&) { return true; }

    bool on_int64(std::int64_t number, text, code& ec)
    {
        this->int64(number);
        return check_memory(ec);
    }

    bool on_uint64(std::uint64_t number, text, code& ec)
    {
        this->uint64(number);
        return check_memory(ec);
    }

    bool on_double(double near, text s, code& ec)
    {
        if (is_big_integer(s))
        {
            if (big == big_integer::refuse)
                return refuse("an integer of more than 64 bits; expected a smaller one", s.data(),
                              ec);
            this->string(s);
            return check_memory(ec);
        }
        if constexpr (!Builder::needs_numbers)
        {
            if (std::abs(near) < 1e308)
                return true;
        }
        const auto number = exact_double(s, near);
        if (!number)
            return refuse("a number no double can hold; expected one below 1.8e308", s.data(), ec);
        this->number(*number);
        return check_memory(ec);
    }

    bool on_bool(bool value, code& ec)
    {
        this->boolean(value);
        return check_memory(ec);
    }

    bool on_null(code& ec)
    {
        this->null();
        return check_memory(ec);
    }

    bool on_comment_part(text, code&) { return true; }

    bool on_comment(text, code&) { return true; }

    bool check_memory(code& ec, const char* at = nullptr)
    {
        return this->fits() ||
               refuse("a value that is too large; expected one that takes less memory", at, ec);
    }

    bool refuse(std::string what, const char* at, code& ec)
    {
        refused = {std::move(what), at};
        ec = boost::json::error::syntax;
        return false;
    }

    std::vector<std::size_t> members; ///< of the objects that are open, so far
    std::size_t most_members;
    big_integer big;
    bool watch_keys;
    key_watch keys;
    refusal refused;
};

} // namespace penstock::detail
