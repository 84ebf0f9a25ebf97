// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "answer.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <stdexcept>

namespace http_package
{
namespace
{

using namespace std::chrono_literals;

class reply final : public penstock::publisher
{
public:
    reply() : publisher({.count = 64, .wait = 0ms}) {}

private:
    penstock::parameter<bool> raw{
        *this, "raw", false,
        "Makes a packet the whole answer, a page or what the sender of a webhook hears: its data, "
        "or else its field body, with the media type of meta mimetype and the status of meta "
        "status (200 to 599). Of several packets the bodies stand one behind the other. False: "
        "packets come in the JSON of ack=processed."};
    penstock::whole_replies whole{*this, raw};

    void write(penstock::batch& packets) override
    {
        for (std::size_t i = 0; i < packets.size(); ++i)
        {
            try
            {
                if (*raw)
                    make_answer(packets[i]);
                penstock::reply(packets[i]);
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what()); // it is no answer, or has a number that JSON cannot hold
            }
        }
    }
};

} // namespace

extern constinit const penstock::component_entry reply_entry =
    penstock::component_of<reply>("reply", penstock::category::publisher,
                                  "Puts packets into the answer to the request they came from.");

} // namespace http_package
