// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "store_publisher.hpp"
#include "packet_text.hpp"
#include "url.hpp"

#include "../packets/place_problem.hpp"

#include <chrono>

namespace curl
{

namespace
{

using namespace std::chrono_literals;

} // namespace

store_publisher::store_publisher(const kind& of)
    : document_publisher({.count = 1000, .bytes = penstock::byte_count{5 << 20}, .wait = 200ms}),
      url(*this, "url", penstock::no_default, of.url_help, penstock::example{of.url_example}),
      id(*this, "id", "",
         "What identifies a document: /meta/NAME, /fields/NAME, or the NAME of meta or else of a "
         "field. If empty, the meta id, or else the packet's own id. A document that is delivered "
         "again replaces itself."),
      content_type_(of.content_type)
{
}

void store_publisher::check(penstock::problems& found) const
{
    std::string wrong = problem_of_url(*url);
    if (wrong.empty() && url->find_first_of("?#") != std::string::npos)
        wrong = "has a query; the address alone was expected";
    if (!wrong.empty())
        found.add(url, wrong);
    if (const std::string place = packets::problem_of_place(*id); !id->empty() && !place.empty())
        found.add(id, place);
    access().check(found);
}

void store_publisher::start()
{
    address_ = *url;
    while (address_.ends_with('/'))
        address_.pop_back();
    headers_ = {std::string("Content-Type: ") + content_type_, "Accept: application/json"};
    for (std::string& each : access().headers())
        headers_.push_back(std::move(each));
    client_ = std::make_unique<client>(access().make_settings());
}

answer store_publisher::send_to(std::string_view target, std::string_view body, const char* method)
{
    return client_->send({.method = method,
                          .url = address_ + std::string(target),
                          .headers = headers_,
                          .body = body});
}

answer store_publisher::send_documents(std::string_view target, std::string_view body)
{
    const auto begin = std::chrono::steady_clock::now();
    answer told = send_to(target, body);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    seconds.observe(spent.count());
    return told;
}

penstock::unavailable store_publisher::away(const answer& told) const
{
    return penstock::unavailable(origin_of(address_) + ": " + reason_of(told), told.retry_after);
}

penstock::unavailable store_publisher::no_answer(const std::string& to,
                                                 const std::exception& why) const
{
    return penstock::unavailable(origin_of(address_) + ": the answer is none to " + to + ": " +
                                 why.what());
}

std::string store_publisher::id_of(const penstock::packet& item, bool deletes) const
{
    const auto text_at = [&](std::string_view name)
    {
        const penstock::json::value* found = find_place(item, name);
        if (found == nullptr || found->is_null() || found->is_structured())
            return std::string();
        return found->is_string() ? std::string(found->get_string()) : penstock::write_json(*found);
    };
    std::string found;
    if (!id->empty())
        found = text_at(*id);
    if (found.empty() && (id->empty() || deletes))
        found = text_at("/meta/id");
    if (found.empty() && id->empty() && !deletes)
        found = item.id().text();
    if (found.empty())
        throw std::invalid_argument("id: there is no " + (id->empty() ? "meta id" : *id) +
                                    "; what identifies the document was expected");
    return found;
}

} // namespace curl
