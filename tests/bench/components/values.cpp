// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"
#include "tests/plugins/geo/made_database.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <locale>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <arpa/inet.h>
#include <date/date.h>
#include <maxminddb.h>

namespace penstock::bench
{
namespace
{

constexpr std::size_t packets_of_a_run = 20'000;

std::vector<packet> numbered(json::object (*make)(std::size_t number))
{
    std::vector<packet> made;
    for (std::size_t n = 0; n < packets_of_a_run; ++n)
        made.push_back(packet(make(n)));
    return made;
}

comparison dates_normalize()
{
    constexpr const char* format = "%d/%b/%Y:%H:%M:%S %z";
    const auto bare = [format](const std::vector<packet>& given)
    {
        std::vector<std::string> made;
        for (const packet& each : given)
        {
            std::istringstream in{std::string(*each.find_text("time"))};
            in.imbue(std::locale::classic());
            date::sys_seconds when;
            date::from_stream(in, format, when);
            if (!in.fail())
                made.push_back(date::format(std::locale::classic(), "%FT%TZ", when));
        }
        return made.size();
    };
    return {
        .name = "dates/normalize",
        .parameters = {{"fields", {"time"}}, {"formats", {format}}},
        .packets =
            []
        {
            return numbered(
                [](std::size_t n) {
                    return json::object{
                        {"time", "10/Oct/2000:13:" + std::to_string(10 + n % 50) + ":36 -0700"}};
                });
        },
        .bare = bare};
}

comparison geo_ip()
{
    made_database places;
    for (unsigned n = 1; n < 200; ++n)
        places.add(("10." + std::to_string(n) + ".0.0").c_str(), 16,
                   {{"country", {{"iso_code", "DE"}}}, {"city", {{"names", {{"en", "Berlin"}}}}}});
    places.write("places.mmdb");
    const auto bare = [](const std::vector<packet>& given)
    {
        MMDB_s database{};
        if (MMDB_open("places.mmdb", MMDB_MODE_MMAP, &database) != MMDB_SUCCESS)
            throw std::runtime_error("places.mmdb: cannot be opened");
        std::vector<json::object> made;
        for (const packet& each : given)
        {
            int wrong = 0;
            int status = 0;
            MMDB_lookup_result_s found = MMDB_lookup_string(
                &database, std::string(*each.find_text("address")).c_str(), &wrong, &status);
            json::object& fields = made.emplace_back();
            MMDB_entry_data_s data{};
            if (MMDB_get_value(&found.entry, &data, "country", "iso_code", nullptr) == MMDB_SUCCESS)
                fields.emplace("country", std::string_view(data.utf8_string, data.data_size));
            if (MMDB_get_value(&found.entry, &data, "city", "names", "en", nullptr) == MMDB_SUCCESS)
                fields.emplace("city", std::string_view(data.utf8_string, data.data_size));
        }
        MMDB_close(&database);
        return made.size();
    };
    return {.name = "geo/ip",
            .parameters = {{"file", "places.mmdb"},
                           {"field", "address"},
                           {"take", {{"country", "country.iso_code"}, {"city", "city.names.en"}}}},
            .packets =
                []
            {
                return numbered(
                    [](std::size_t n)
                    {
                        return json::object{{"address", "10." + std::to_string(1 + n % 199) +
                                                            ".7." + std::to_string(n % 256)}};
                    });
            },
            .bare = bare};
}

// fields/validate stands on no library: a loop that asks what this schema asks.
comparison fields_validate()
{
    const auto fits = [](const packet& each)
    {
        const json::value* const id = each.find("id");
        const json::value* const name = each.find("name");
        const json::value* const price = each.find("price");
        const json::value* const stock = each.find("in_stock");
        return id != nullptr && id->is_string() && name != nullptr && name->is_string() &&
               std::ranges::count_if(name->get_string(),
                                     [](char c) {
                                         return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
                                     }) <= 100 &&
               price != nullptr && price->is_number() && price->to_number<double>() >= 0 &&
               stock != nullptr && stock->is_bool();
    };
    return {.name = "fields/validate",
            .parameters = {{"schema", parse_json(R"({"required": ["id", "name", "price"],
                                  "properties": {"id": {"type": "string"},
                                                 "name": {"type": "string", "maxLength": 100},
                                                 "price": {"type": "number", "minimum": 0},
                                                 "in_stock": {"type": "boolean"}}})")}},
            .packets = [] { return records(packets_of_a_run); },
            .bare = [fits](const std::vector<packet>& given)
            { return static_cast<std::size_t>(std::ranges::count_if(given, fits)); }};
}

// fields/lookup stands on no library: a loop with a table of hashes.
comparison fields_lookup()
{
    constexpr std::size_t rows = 1'000;
    {
        std::ofstream file("table.csv");
        file << "key,city,country\n";
        for (std::size_t n = 0; n < rows; ++n)
            file << "k" << n << ",City " << n << ",DE\n";
    }
    const auto bare = [](std::vector<packet> given)
    {
        std::unordered_map<std::string, std::pair<std::string, std::string>> table;
        for (std::size_t n = 0; n < rows; ++n)
            table.emplace("k" + std::to_string(n), std::pair("City " + std::to_string(n), "DE"));
        std::size_t found = 0;
        for (packet& each : given)
        {
            const auto row = table.find(std::string(*each.find_text("code")));
            if (row == table.end())
                continue;
            each.set("city", row->second.first);
            each.set("country", row->second.second);
            ++found;
        }
        return found;
    };
    return {.name = "fields/lookup",
            .parameters = {{"file", "table.csv"}, {"field", "code"}},
            .packets =
                []
            {
                return numbered(
                    [](std::size_t n)
                    {
                        json::object made = record(n);
                        made["code"] = "k" + std::to_string(n * 7 % rows);
                        return made;
                    });
            },
            .bare = bare};
}

// route/window stands on no library: a loop that holds all packets, and adds up by key and minute.
comparison route_window()
{
    struct window
    {
        std::vector<packet> held;
        double total = 0;
    };
    const auto bare = [](std::vector<packet> given)
    {
        std::unordered_map<std::string, window> windows;
        for (packet& each : given)
        {
            const std::int64_t time = each.get("time").to_number<std::int64_t>();
            window& of =
                windows[std::string(*each.find_text("key")) + ' ' + std::to_string(time / 60)];
            of.total += each.get("n").to_number<double>();
            of.held.push_back(std::move(each));
        }
        std::vector<packet> made;
        for (auto& [name, of] : windows)
        {
            packet& sum = made.emplace_back(of.held.front().derive());
            sum.set("key", name);
            sum.set("count", of.held.size());
            sum.set("total", of.total);
        }
        return made.size();
    };
    return {.name = "route/window",
            .parameters = {{"size", "1m"},
                           {"time", "time"},
                           {"key", {"key"}},
                           {"lateness", "1h"},
                           {"aggregates", {{"total", {{"sum", "n"}}}}}},
            .packets =
                []
            {
                // Its state outlasts a run, and what comes before that is late.
                static std::int64_t begin = 1'796'083'200;
                begin += 86'400;
                std::vector<packet> made;
                for (std::size_t n = 0; n < packets_of_a_run; ++n)
                    made.push_back(packet({{"time", begin + static_cast<std::int64_t>(n / 100)},
                                           {"key", "k" + std::to_string(n % 10)},
                                           {"n", static_cast<double>(n)}}));
                return made;
            },
            .bare = bare};
}

} // namespace

void add_values(std::vector<comparison>& to)
{
    for (auto* each : {dates_normalize, geo_ip, fields_validate, fields_lookup, route_window})
        add(to, each);
}

} // namespace penstock::bench
