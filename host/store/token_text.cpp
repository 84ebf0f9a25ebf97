// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token_text.hpp"

#include "host/base/timestamp.hpp"
#include "host/graph/duplicate_keys.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <set>

namespace penstock::host
{

namespace
{

constexpr std::string_view hex_digits = "0123456789abcdef";

std::optional<token_hash> parse_hex(std::string_view text)
{
    token_hash hash{};
    if (text.size() != 2 * hash.size() ||
        text.find_first_not_of(hex_digits) != std::string_view::npos)
        return std::nullopt;
    for (std::size_t i = 0; i < hash.size(); ++i)
        hash[i] = static_cast<unsigned char>(hex_digits.find(text[2 * i]) << 4 |
                                             hex_digits.find(text[2 * i + 1]));
    return hash;
}

/// Reads one record; notes the first thing that is wrong with it.
class record_reader
{
public:
    record_reader(const json::value& from, std::string pointer) : pointer_(std::move(pointer))
    {
        if (!from.is_object())
        {
            refuse("", "not an object", "one was expected");
            return;
        }
        for (const auto& [key, value] : from.get_object())
            read(key, value);
        if (made_.name.empty())
            refuse("/name", "missing", "a name was expected");
        if (!has_hash_)
            refuse("/sha256", "missing", "64 digits were expected");
        if (made_.scopes.empty())
            refuse("/scopes", "missing", "a list of scopes was expected");
    }

    [[nodiscard]] const token_record& record() const noexcept { return made_; }

    [[nodiscard]] const std::optional<problem>& wrong() const noexcept { return wrong_; }

private:
    void read(std::string_view key, const json::value& value)
    {
        if (key == "scopes")
            return read_scopes(value);
        const std::string text = value.is_string() ? std::string(value.get_string()) : "";
        if (key == "name" && is_token_name(text))
            made_.name = text;
        else if (const auto hash = parse_hex(text); key == "sha256" && hash)
            made_.hash = *hash, has_hash_ = true;
        else if (const auto time = parse_timestamp(text); key == "made" && time)
            made_.made = *time;
        else if (key == "expires" && time)
            made_.expires = *time;
        else
            refuse('/' + std::string(key), "does not fit",
                   "a name, a sha256, scopes, made or expires was expected");
    }

    void read_scopes(const json::value& list)
    {
        const json::array none;
        for (const json::value& each : list.is_array() ? list.get_array() : none)
        {
            const auto one = each.is_string() ? parse_scope(each.get_string()) : std::nullopt;
            if (!one)
                return refuse("/scopes", "has an unknown one",
                              "ingest, read, deploy or admin was expected");
            made_.scopes.add(*one);
        }
    }

    void refuse(const std::string& at, std::string what, std::string expected)
    {
        if (!wrong_)
            wrong_.emplace("", pointer_ + at, std::move(what), std::move(expected));
    }

    const std::string pointer_;
    token_record made_;
    bool has_hash_ = false;
    std::optional<problem> wrong_;
};

std::optional<problem> read_all(std::string_view text, std::vector<token_record>& into)
{
    const json::value read = parse_json(text);
    const json::object* whole = read.if_object();
    const json::value* list = whole != nullptr ? whole->if_contains("tokens") : nullptr;
    if (list == nullptr || !list->is_array() || whole->size() != 1)
        return problem("", "", "is no list of tokens", "an object with tokens was expected");
    problem_list twice;
    refuse_duplicate_keys(text, twice);
    if (!twice.empty())
        return twice.front();
    std::set<std::string> names;
    for (std::size_t i = 0; i < list->get_array().size(); ++i)
    {
        const std::string pointer = "/tokens/" + std::to_string(i);
        const record_reader one(list->get_array()[i], pointer);
        if (one.wrong())
            return one.wrong();
        if (!names.insert(one.record().name).second)
            return problem("", pointer + "/name", "stands there twice", "one was expected");
        into.push_back(one.record());
    }
    return std::nullopt;
}

} // namespace

boost::system::result<std::vector<token_record>, problem> parse_tokens(std::string_view text,
                                                                       const std::string& where)
{
    std::vector<token_record> tokens;
    std::optional<problem> wrong;
    try
    {
        wrong = read_all(text, tokens);
    }
    catch (const json_error& error)
    {
        wrong.emplace("", "", error.what(), "");
    }
    if (!wrong)
        return tokens;
    wrong->where = where;
    return *std::move(wrong);
}

std::string write_tokens(const std::vector<token_record>& tokens)
{
    json::array list;
    for (const token_record& each : tokens)
    {
        json::array scopes;
        for (const scope one : all_scopes)
            if (each.scopes.has(one))
                scopes.emplace_back(name_of(one));
        json::object record{{"name", each.name},
                            {"sha256", to_hex(each.hash)},
                            {"scopes", std::move(scopes)},
                            {"made", timestamp(each.made)}};
        if (each.expires)
            record["expires"] = timestamp(*each.expires);
        list.emplace_back(std::move(record));
    }
    return write_json(json::object{{"tokens", std::move(list)}}) + '\n';
}

} // namespace penstock::host
