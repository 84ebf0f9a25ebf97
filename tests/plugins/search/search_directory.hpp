// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <optional>

namespace penstock::search_tests
{

using search_package::index_entry;
using search_package::query_entry;
using testing::packets;

/// A data directory of its own, and a database in it.
struct data_directory
{
    static packet document(std::string_view id, json::object fields)
    {
        packet packet(std::move(fields));
        packet.set_meta("id", id);
        return packet;
    }

    static packet order_to_delete(std::string_view id)
    {
        packet packet;
        packet.set_meta("requestmethod", "DELETE");
        packet.set_meta("id", id);
        return packet;
    }

    static penstock::testing::result index(std::vector<packet> documents,
                                           json::object parameters = {})
    {
        parameters["database"] = "test";
        return run_entry(index_entry, parameters, std::move(documents));
    }

    static penstock::testing::result ask(std::string_view text, json::object parameters = {})
    {
        parameters["database"] = "test";
        packet question;
        question.set_meta("requestmethod", "GET");
        question.set_meta("id", text);
        return run_entry(query_entry, parameters, packets(std::move(question)));
    }

    /// The ids of what is found, the best first.
    static strings found(std::string_view text, const json::object& parameters = {})
    {
        return meta_of(ask(text, parameters).out(), "id");
    }

    scratch_directory directory;
    std::optional<penstock::testing::data_directory> given{directory.path("")};
};

} // namespace penstock::search_tests
