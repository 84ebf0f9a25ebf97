// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::bench
{

/// What is sent, and how.
struct order
{
    std::string file; ///< one document a line; from its end it begins again
    std::string path = "/";
    std::string type = "application/json";
    unsigned short port = 0;
    std::size_t connections = 16;
    std::size_t documents = 0; ///< 0: all of the file, once
    std::size_t batch = 1;     ///< documents a request
    bool as_array = false;     ///< a batch is a JSON array, not lines
    bool retry = false;        ///< what is refused is sent again, 20 ms later
    double rate = 0;           ///< documents a second; 0: as fast as they are answered
    double seconds = 600;      ///< at most
    std::string accepted;      ///< a file to list the accepted requests in: "first count"
};

/// One request as it goes over the wire, and the documents in it.
struct request
{
    std::string text;
    std::size_t first;
    std::size_t count;
    std::size_t body;
};

/// Makes all requests, before any clock runs. Throws if there are no documents.
std::vector<request> make_requests(const order& what);

} // namespace penstock::bench
