// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/duplicate_keys.hpp"

#include "host/base/json_pointer.hpp"

#include <penstock/detail/utf8.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host
{

namespace
{

namespace json = boost::json;

/// Follows the parser through a text and keeps the way from its root to where it is.
class key_watcher
{
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    explicit key_watcher(problem_list& problems) : problems_(problems) {}

    bool on_object_begin(json::error_code&) { return enter(false); }

    bool on_object_end(std::size_t, json::error_code&) { return leave(); }

    bool on_array_begin(json::error_code&) { return enter(true); }

    bool on_array_end(std::size_t, json::error_code&) { return leave(); }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        key_.append(part.data(), part.size());
        return true;
    }

    bool on_key(json::string_view part, std::size_t, json::error_code& error)
    {
        key_.append(part.data(), part.size());
        level& here = levels_.back();
        const auto known = here.keys.try_emplace(std::exchange(key_, {}), 0).first;
        here.key = &known->first;
        if (++known->second == 2)
            problems_.add(pointer(), "stands here twice", "each key once was expected");
        if (problems_.is_full())
            error = json::error::incomplete; // it is not looked at
        return !error;
    }

    bool on_document_begin(json::error_code&) { return true; }

    bool on_document_end(json::error_code&) { return true; }

    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }

    bool on_string(json::string_view, std::size_t, json::error_code&) { return value(); }

    bool on_number_part(json::string_view, json::error_code&) { return true; }

    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return value(); }

    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return value(); }

    bool on_double(double, json::string_view, json::error_code&) { return value(); }

    bool on_bool(bool, json::error_code&) { return value(); }

    bool on_null(json::error_code&) { return value(); }

    bool on_comment_part(json::string_view, json::error_code&) { return true; }

    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    struct level
    {
        bool is_array;
        std::size_t index = 0;
        const std::string* key = nullptr;
        std::map<std::string, int> keys; ///< how often each stands there
    };

    bool enter(bool is_array)
    {
        levels_.push_back({is_array, 0, nullptr, {}});
        return true;
    }

    bool leave()
    {
        levels_.pop_back();
        return value();
    }

    bool value()
    {
        if (!levels_.empty())
            ++levels_.back().index;
        return true;
    }

    std::string pointer() const
    {
        std::string to;
        for (const level& each : levels_)
            to = each.is_array ? pointer_to(to, each.index) : pointer_to(to, *each.key);
        return to;
    }

    problem_list& problems_;
    std::vector<level> levels_;
    std::string key_;
};

} // namespace

void refuse_duplicate_keys(std::string_view text, problem_list& problems)
{
    json::parse_options options;
    options.max_depth = 64;
    json::basic_parser<key_watcher> parser(options, problems);
    json::error_code error;
    text = penstock::detail::without_mark(text);
    parser.write_some(false, text.data(), text.size(), error);
}

} // namespace penstock::host
