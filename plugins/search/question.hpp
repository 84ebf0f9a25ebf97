// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "snippet.hpp"
#include "words.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace search_package
{

/// Documents must have one of the values in a field that is a facet.
struct filter
{
    std::string field;
    std::vector<std::string> values; ///< as label_text() writes them
};

/// How much a word in a field counts, beside 1 in all others.
struct weight
{
    std::string field;
    double value;
};

/// What an index is asked.
struct question
{
    std::vector<term> terms;
    std::vector<filter> filters{};
    std::int64_t offset = 0; ///< documents that are passed over, the best first
    std::int64_t limit = 10;
    std::vector<std::string> facets{}; ///< whose values are to be counted
    std::int64_t facet_values = 10;    ///< the most of a facet, the most frequent first
    std::vector<weight> weights{};
    snippet_style snippet{};
    std::chrono::milliseconds time = std::chrono::seconds(10);
};

/// One document that was found.
struct hit
{
    std::string id;
    penstock::json::object fields;
    penstock::json::array lists; ///< names of the fields that are one value though a list
    double score;                ///< higher is better
    std::string snippet;
};

/// A value of a facet, and how many of the documents found have it.
struct facet_value
{
    std::string value;
    std::int64_t count;
};

/// What an index answers.
struct answer
{
    std::vector<hit> hits;                        ///< the best first
    std::int64_t total = 0;                       ///< documents found, shown or not
    std::vector<std::vector<facet_value>> facets; ///< of each that was asked for
};

} // namespace search_package
