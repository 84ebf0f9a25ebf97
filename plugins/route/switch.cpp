// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../lua/expressions.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace route_package
{
namespace
{

namespace json = penstock::json;

// Named with an underscore because the plain word is taken by the language.
class switch_ final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output rest{*this, "else", "Packets that no route is for."};
    penstock::output_family routes{
        *this, "routes",
        penstock::members{penstock::member_of<std::string>("port", "The output."),
                          penstock::member_of<std::string>(
                              "when", "An expression of Lua; what it is true for, "
                                      "neither nil nor false nor null, goes there.")},
        "port", "The outputs, each with the expression that packets for it fulfil."};
    penstock::parameter<std::string> match{
        *this, "match", "first",
        "Whether a packet goes to the first route that it fits, or copies of it to all of them.",
        penstock::choices{"first", "all"}};
    lua::limit_parameters limits{*this};

    void check(penstock::problems& found) const override
    {
        if (routes.items().empty())
            found.add(routes.name(), "is empty; at least one route was expected");
        for (std::size_t n = 0; n < routes.items().size(); ++n)
            lua::check_expression(found, routes.name() + '/' + std::to_string(n) + "/when",
                                  when(n));
    }

    void start() override
    {
        std::vector<std::string> names;
        std::vector<std::string> texts;
        for (std::size_t n = 0; n < routes.size(); ++n)
        {
            names.push_back(routes[n].name());
            texts.emplace_back(when(n));
        }
        conditions_.emplace(std::move(names), std::move(texts), limits.value());
        conditions_->start();
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            std::string wrong;
            try
            {
                find_fitting(*packet);
            }
            catch (const lua::error& error)
            {
                wrong = error.what();
            }
            if (wrong.empty())
                send(std::move(*packet));
            else
                fail(std::move(*packet), std::move(wrong));
        }
    }

    std::string_view when(std::size_t n) const { return routes.items()[n].at("when").as_string(); }

    void find_fitting(const penstock::packet& packet)
    {
        fitting_.clear();
        const bool only_first = *match == "first";
        const lua::looked_at now(*conditions_, packet);
        for (std::size_t n = 0; n < conditions_->size(); ++n)
            if (conditions_->is_true(n))
            {
                fitting_.push_back(n);
                if (only_first)
                    return;
            }
    }

    // The packet itself goes to the first route.
    void send(penstock::packet&& packet)
    {
        if (fitting_.empty())
            return rest.send(std::move(packet));
        std::vector<penstock::packet> copies;
        for (std::size_t n = 1; n < fitting_.size(); ++n)
            copies.push_back(packet.clone());
        routes[fitting_[0]].send(std::move(packet));
        for (std::size_t n = 0; n < copies.size(); ++n)
            routes[fitting_[n + 1]].send(std::move(copies[n]));
    }

    std::optional<lua::expressions> conditions_;
    std::vector<std::size_t> fitting_; // routes of the packet at hand
};

} // namespace

extern constinit const penstock::component_entry switch_entry = penstock::component_of<switch_>(
    "switch", penstock::category::op, "Sends packets to the outputs whose conditions they fulfil.");

} // namespace route_package
