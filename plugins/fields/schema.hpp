// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <re2/re2.h>

namespace fields_package
{

/// The types of JSON Schema, as bits.
enum schema_type : unsigned
{
    null_type = 1,
    boolean_type = 2,
    integer_type = 4,
    number_type = 8,
    string_type = 16,
    array_type = 32,
    object_type = 64
};

/// One schema of JSON Schema draft 7 with its keywords; those that are absent are empty. Schemas
/// that it refers to live as long as the document that they are from.
struct schema
{
    using list = std::vector<const schema*>;
    using count = std::optional<std::uint64_t>;

    bool never = false;                ///< it is `false`
    const schema* reference = nullptr; ///< `$ref`, beside which nothing counts

    unsigned types = 0;                           ///< `type`; 0: any
    std::optional<std::set<std::string>> choices; ///< `enum` or `const`, canonical

    using number = std::optional<penstock::json::value>;
    number minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;

    count min_length, max_length;
    std::shared_ptr<const RE2> pattern;

    count min_items, max_items;
    bool unique_items = false;
    list items;                            ///< of a list, place by place
    const schema* rest_of_items = nullptr; ///< of those behind, or all
    const schema* contains = nullptr;

    count min_properties, max_properties;
    std::vector<std::string> required;
    std::map<std::string, const schema*, std::less<>> properties;
    std::vector<std::pair<std::shared_ptr<const RE2>, const schema*>> pattern_properties;
    const schema* additional_properties = nullptr;
    const schema* property_names = nullptr;
    std::vector<std::pair<std::string, std::vector<std::string>>> dependent_names;
    std::vector<std::pair<std::string, const schema*>> dependent_schemas;

    list all_of, any_of, one_of;
    const schema* not_ = nullptr;
    const schema* if_ = nullptr;
    const schema* then = nullptr;
    const schema* else_ = nullptr;
};

} // namespace fields_package
