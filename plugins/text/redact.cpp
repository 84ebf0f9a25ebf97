// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "keyed_hash.hpp"
#include "sensitive.hpp"

#include "../packets/text_values.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t shortest_key = 16;

class redact final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this,
        "fields",
        {},
        "The fields to look into, with what is within lists and objects; all if empty. Names of "
        "fields, meta and data are not looked into."};
    penstock::parameter<std::vector<std::string>> kinds{
        *this,
        "kinds",
        {"email", "card", "iban", "phone"},
        "What is looked for: addresses of e-mail; numbers of cards, with a right check digit; "
        "IBANs, "
        "with right check digits; numbers of telephones.",
        penstock::choices{"email", "card", "iban", "phone"}};
    penstock::parameter<std::vector<std::string>> patterns{
        *this,
        "patterns",
        {},
        "What is looked for besides: expressions of RE2.",
        penstock::example{json::array{"\\bEMP-[0-9]{6}\\b"}}};
    penstock::parameter<std::string> how{
        *this, "how", "mask",
        "What becomes of it: the text of mask; a hash, the same for the same value however it is "
        "written; or nothing.",
        penstock::choices{"mask", "hash", "drop"}};
    penstock::parameter<std::string> mask{*this, "mask", "***", "What stands in its place."};
    penstock::parameter<penstock::secret> key{
        *this, "key", penstock::secret(),
        "The key of hashes (HMAC with SHA-256), 16 bytes at least. Whoever has it can try values."};

    void check(penstock::problems& found) const override
    {
        if (std::ranges::find(*fields, "") != fields->end())
            found.add(fields, "has an empty name; names of fields were expected");
        if (kinds->empty() && patterns->empty())
            found.add(kinds, "is empty, and so is patterns; something to look for was expected");
        if (*how == "hash" && !key.is_given())
            found.add(key, "is absent; the key of hashes was expected");
        for (std::size_t n = 0; n < patterns->size(); ++n)
            try
            {
                const sensitive_parts one({}, {(*patterns)[n]});
            }
            catch (const std::invalid_argument& error)
            {
                found.add("patterns/" + std::to_string(n), error.what());
            }
    }

    void start() override
    {
        if (*how == "hash" && key->reveal().size() < shortest_key)
            throw std::runtime_error("key: has less than 16 bytes; a longer one was expected");
        parts_ = std::make_unique<sensitive_parts>(*kinds, *patterns);
    }

    void process(penstock::packet& packet) override
    {
        for (const std::string& field : fields->empty() ? packet.names() : *fields)
        {
            const json::value* const before = packet.find(field);
            if (before == nullptr)
                continue;
            json::value value = *before;
            if (!change(value, 0))
                continue;
            if (packet.is_multivalued(field))
                packet.set_values(field, std::move(value.get_array()));
            else
                packet.set(field, std::move(value));
        }
    }

    // Whether something was found in a value, or in what is within it.
    bool change(json::value& value, std::size_t depth)
    {
        constexpr std::size_t deepest = 128;
        if (depth > deepest)
            throw penstock::field_error("is nested too deep; at most 128 levels were expected");
        if (json::string* text = value.if_string())
            return change_text(*text);
        if (value.is_number())
            return change_number(value);
        bool is_changed = false;
        if (json::array* list = value.if_array())
            for (json::value& each : *list)
                is_changed = change(each, depth + 1) || is_changed;
        if (json::object* members = value.if_object())
            for (auto& each : *members)
                is_changed = change(each.value(), depth + 1) || is_changed;
        return is_changed;
    }

    bool change_text(json::string& text)
    {
        const std::string_view before = text;
        const std::vector<sensitive_part> found =
            packets::work_on(before, [&] { return parts_->find(before); });
        if (found.empty())
            return false;
        std::string made;
        std::size_t end = 0;
        for (const sensitive_part& each : found)
        {
            made.append(before.substr(end, each.begin - end));
            append_instead(before.substr(each.begin, each.size), each.kind, made);
            end = each.begin + each.size;
        }
        made.append(before.substr(end));
        text = made;
        return true;
    }

    // A number of a card may stand as a number. What has a fraction, or more digits, is none.
    bool change_number(json::value& value)
    {
        constexpr double beyond = 1e19;
        std::string digits;
        if (const double* number = value.if_double())
        {
            if (!(std::abs(*number) < beyond) || *number != std::trunc(*number))
                return false;
            std::array<char, 32> written{};
            const int size = std::snprintf(written.data(), written.size(), "%.0f", *number);
            digits.assign(written.data(), static_cast<std::size_t>(size));
        }
        else
            digits = penstock::write_json(value);
        json::string text(digits);
        if (!change_text(text))
            return false;
        value = std::move(text);
        return true;
    }

    void append_instead(std::string_view part, std::size_t kind, std::string& to) const
    {
        if (*how == "mask")
            to.append(*mask);
        else if (*how == "hash")
            to.append(keyed_hash(key->reveal(), parts_->plain(part, kind)));
    }

    std::unique_ptr<sensitive_parts> parts_;
};

} // namespace

extern constinit const penstock::component_entry redact_entry =
    penstock::component_of<redact>("redact", penstock::category::transformer,
                                   "Takes out of texts what is not for everybody: addresses, "
                                   "numbers of cards and accounts, telephones.");

} // namespace text_package
