// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/receipt_routes.hpp"

#include "host/api/data/acknowledgement.hpp"

namespace penstock::host::api
{

namespace
{

http::response show(std::string_view id, receipts& of_requests)
{
    const auto found = of_requests.find(id);
    if (found == nullptr)
        return http::response::problem(404, {},
                                       "there is no such receipt; they are kept for a day, or "
                                       "the last million of them");
    return http::response::json(200, write_json(receipt_json(*found)));
}

} // namespace

void add_receipt_routes(router& table, receipts& of_requests, background_pool& disk)
{
    table.add({.method = "GET",
               .path = "/receipts/{id}",
               .needs = scope::read,
               .summary = "Tells what became of an accepted request.",
               .answers = {{200, "pending, or done with the counts"}, {404, "no such receipt"}},
               .act = in_background(disk, [&](const http::request&, const path_arguments& path)
                                    { return show(path["id"], of_requests); })});
}

} // namespace penstock::host::api
