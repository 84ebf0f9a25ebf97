// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "exact_double.hpp"

#include <penstock/json.hpp>

#include <boost/json/error.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::detail
{

/// The refusal of a handler, and where its text begins if that is known.
struct refusal
{
    std::string_view what;
    const char* at = nullptr;
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

/// Builds a value with Boost's own stack.
class value_builder
{
public:
    static constexpr bool needs_numbers = true;

    value_builder() : stack_({}, room_, sizeof room_) { stack_.reset(); }

    void array(std::size_t n) { stack_.push_array(n); }

    void object(std::size_t n) { stack_.push_object(n); }

    void part(std::string_view text) { stack_.push_chars(text); }

    void key(std::string_view text) { stack_.push_key(text); }

    void string(std::string_view text) { stack_.push_string(text); }

    void int64(std::int64_t number) { stack_.push_int64(number); }

    void uint64(std::uint64_t number) { stack_.push_uint64(number); }

    void number(double number) { stack_.push_double(number); }

    void boolean(bool value) { stack_.push_bool(value); }

    void null() { stack_.push_null(); }

    [[nodiscard]] json::value release() { return stack_.release(); }

private:
    alignas(json::value) unsigned char room_[8192];
    json::value_stack stack_;
};

/// Builds nothing.
struct no_builder
{
    static constexpr bool needs_numbers = false;

    void array(std::size_t) {}

    void object(std::size_t) {}

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
        : big(options.big), watch_keys(options.duplicates == duplicate_key::refuse)
    {
    }

    bool on_document_begin(code&) { return true; }

    bool on_document_end(code&) { return true; }

    bool on_array_begin(code&) { return true; }

    bool on_array_end(std::size_t n, code&)
    {
        this->array(n);
        return true;
    }

    bool on_object_begin(code&)
    {
        if (watch_keys)
            keys.open();
        return true;
    }

    bool on_object_end(std::size_t n, code&)
    {
        if (watch_keys)
            keys.close();
        this->object(n);
        return true;
    }

    bool on_key_part(text s, std::size_t, code&)
    {
        if (watch_keys)
            keys.part(s);
        this->part(s);
        return true;
    }

    bool on_key(text s, std::size_t, code& ec)
    {
        if (watch_keys && !keys.end(s))
            return refuse("a key the object has already; expected each key once", nullptr, ec);
        this->key(s);
        return true;
    }

    bool on_string_part(text s, std::size_t, code&)
    {
        this->part(s);
        return true;
    }

    bool on_string(text s, std::size_t, code&)
    {
        this->string(s);
        return true;
    }

    bool on_number_part(text, code&) { return true; }

    bool on_int64(std::int64_t number, text, code&)
    {
        this->int64(number);
        return true;
    }

    bool on_uint64(std::uint64_t number, text, code&)
    {
        this->uint64(number);
        return true;
    }

    bool on_double(double near, text s, code& ec)
    {
        if (is_big_integer(s))
        {
            if (big == big_integer::refuse)
                return refuse("an integer of more than 64 bits; expected a smaller one", s.data(),
                              ec);
            this->string(s);
            return true;
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
        return true;
    }

    bool on_bool(bool value, code&)
    {
        this->boolean(value);
        return true;
    }

    bool on_null(code&)
    {
        this->null();
        return true;
    }

    bool on_comment_part(text, code&) { return true; }

    bool on_comment(text, code&) { return true; }

    bool refuse(std::string_view what, const char* at, code& ec)
    {
        refused = {what, at};
        ec = boost::json::error::syntax;
        return false;
    }

    big_integer big;
    bool watch_keys;
    key_watch keys;
    refusal refused;
};

} // namespace penstock::detail
