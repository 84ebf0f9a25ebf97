// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/receipt_routes.hpp"

#include "host/api/data/acknowledgement.hpp"

#include <memory>
#include <string>
#include <utility>

namespace penstock::host::api
{

namespace
{

http::response answer_here(const std::shared_ptr<const receipt>& found)
{
    if (found == nullptr)
        return http::response::problem(404, {},
                                       "there is no such receipt; they are kept for a day, or "
                                       "the last million of them");
    return http::response::json(200, write_json(receipt_json(*found)));
}

// What is here is shown without a look at others, whether they answer or not.
void show(const http::request& asked, std::string_view id, receipts& of_requests, peers& others,
          const http::reply& give)
{
    const auto wanted = parse_receipt_id(id);
    const auto found = wanted ? of_requests.find(*wanted) : nullptr;
    const bool is_asked_by_host = asked.headers.find(peer_field).has_value();
    if (found == nullptr && wanted && !is_asked_by_host && others.is_of_another(*wanted))
        return others.ask(*wanted, std::string(id), give);
    http::response made = answer_here(found);
    if (is_asked_by_host)
        made.headers.add(peer_field, std::to_string(others.host_number()));
    give(std::move(made));
}

} // namespace

void add_receipt_routes(router& table, receipts& of_requests, peers& others, background_pool& disk)
{
    table.add({.method = "GET",
               .path = "/receipts/{id}",
               .needs = scope::read,
               .summary = "Tells what became of an accepted request, of this host or of a peer.",
               .answers = {{200, "pending, or done with the counts"},
                           {404, "no such receipt"},
                           {503, "the host that accepted the request cannot be asked now"}},
               .act = in_background(disk, [&](http::request& asked, const path_arguments& path,
                                              const http::reply& give)
                                    { show(asked, path["id"], of_requests, others, give); })});
}

} // namespace penstock::host::api
