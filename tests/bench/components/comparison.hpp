// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/testing/run.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace penstock::bench
{

/// A component and the bare calls of the library that it stands on, over one input.
struct comparison
{
    std::string name; ///< the component, and behind a comma how it is used
    json::object parameters = {};

    /// Makes the packets for the input `in`; not measured.
    std::function<std::vector<packet>()> packets;

    /// Counts what the component made of them: what `bare` counts of the same input.
    std::function<std::size_t(testing::result&)> made = [](testing::result& of)
    { return of.out().size(); };

    /// Does the same work with the library alone, and returns how many things it made. What the
    /// packets hold is its to destroy, as it is the component's.
    std::function<std::size_t(std::vector<packet>)> bare;

    /// Brings the far side to where it was before a run; not measured.
    std::function<void()> reset = [] {};
};

/// How many packets a publisher has delivered: what is `made` by one.
inline std::size_t delivered_packets(testing::result& of)
{
    return of.delivered.size();
}

/// Adds what `make` returns; says on the standard error why not if it throws, as for want of a
/// server or of files to read.
void add(std::vector<comparison>& to, comparison (*make)());

// Those of the readers of tables and pages, of documents, of mail, of XML and MessagePack, of what
// writes and cuts texts, finds something in them, and works on values, and of publishers to servers,
// which are started. They write below the working directory.

void add_readers(std::vector<comparison>& to);
void add_documents(std::vector<comparison>& to);
void add_mails(std::vector<comparison>& to);
void add_formats(std::vector<comparison>& to);
void add_findings(std::vector<comparison>& to);
void add_values(std::vector<comparison>& to);
void add_texts(std::vector<comparison>& to);
void add_search(std::vector<comparison>& to);
void add_servers(std::vector<comparison>& to);

} // namespace penstock::bench
