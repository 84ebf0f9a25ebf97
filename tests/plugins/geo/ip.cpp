// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "made_database.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

using geo_package::ip_entry;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(geo_ip)

namespace
{

struct database
{
    database()
    {
        made_database made;
        made.add("203.0.113.0", 24,
                 {{"country", {{"iso_code", "DE"}, {"geoname_id", 2921044U}}},
                  {"city", {{"names", {{"en", "Munich"}, {"de", "München"}}}}},
                  {"location", {{"latitude", 48.1374}, {"longitude", 11.5755}}},
                  {"subdivisions", json::array{json::object{{"iso_code", "BY"}}}},
                  {"big", 1'234'567'890'123U},
                  {"is_anycast", true}});
        made.add("2001:db8::", 32, {{"country", {{"iso_code", "FR"}}}});
        made.write(path);
    }

    std::string look_up(json::value address, json::object parameters = {}) const
    {
        parameters["file"] = path;
        parameters["field"] = "ip";
        auto result =
            run_entry(ip_entry, parameters,
                      penstock::testing::packets(penstock::packet({{"ip", std::move(address)}})));
        if (!result.failed.empty())
            return result.failed[0].second;
        BOOST_REQUIRE(result.out().size() == 1);
        result.out()[0].erase("ip");
        json::object sorted;
        for (const std::string& name : result.out()[0].names())
            sorted[name] = result.out()[0].get(name);
        return penstock::write_json(sorted);
    }

    scratch_directory scratch;
    std::string path = scratch.path("places.mmdb");
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_address_gets_what_its_network_has, database)
{
    BOOST_TEST(look_up("203.0.113.77") ==
               R"({"city":"Munich","country":"DE","latitude":48.1374,"longitude":11.5755})");
    BOOST_TEST(look_up("2001:db8:1::5") == R"({"country":"FR"})");
}

BOOST_FIXTURE_TEST_CASE(an_address_of_version_4_may_be_written_as_one_of_6, database)
{
    const std::string munich =
        R"({"city":"Munich","country":"DE","latitude":48.1374,"longitude":11.5755})";
    BOOST_TEST(look_up("::ffff:203.0.113.77") == munich);
    BOOST_TEST(look_up("::FFFF:cb00:714d") == munich);
    BOOST_TEST(look_up("::ffff:203.0.114.1") == "{}");
}

BOOST_FIXTURE_TEST_CASE(other_values_are_taken_by_their_way, database)
{
    const json::object ways{{"region", "subdivisions.0.iso_code"},
                            {"id", "country.geoname_id"},
                            {"name", "city.names.de"},
                            {"any", "is_anycast"},
                            {"big", "big"},
                            {"map", "city"},
                            {"none", "subdivisions.7.iso_code"},
                            {"wrong", "country.iso_code.x"}};
    BOOST_TEST(look_up("203.0.113.1", {{"take", ways}}) ==
               R"({"any":true,"big":1234567890123,"id":2921044,"name":"München","region":"BY"})");
}

BOOST_FIXTURE_TEST_CASE(addresses_that_are_not_there_are_passed_over, database)
{
    for (const std::string_view text : {"203.0.114.1", "127.0.0.1", "::1", "2001:db9::1"})
        BOOST_TEST(look_up(json::string(text), {{"on_failure", "fail"}}) == "{}", text);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_address_is_passed_over_or_fails, database)
{
    for (const json::value& value :
         {json::value("localhost"), json::value("203.0.113"), json::value("203.0.113.1 "),
          json::value(5), json::value(nullptr)})
    {
        BOOST_TEST(look_up(value) == "{}");
        BOOST_TEST(look_up(value, {{"on_failure", "fail"}}) ==
                   R"(field "ip": is no address; one of IP was expected)");
    }
}

BOOST_FIXTURE_TEST_CASE(each_address_of_several_is_looked_up, database)
{
    BOOST_TEST(
        look_up(json::array{"203.0.113.1", "127.0.0.1", "2001:db8::1"}) ==
        R"({"city":["Munich"],"country":["DE","FR"],"latitude":[48.1374],"longitude":[11.5755]})");
}

BOOST_FIXTURE_TEST_CASE(what_is_no_database_is_refused, database)
{
    std::ofstream(path) << "nothing";
    BOOST_TEST(
        refusal(ip_entry, {{"file", path}, {"field", "ip"}}).find("is no database of addresses") !=
        std::string::npos);
    BOOST_TEST(refusal(ip_entry, {{"file", path + "x"}, {"field", "ip"}}).find("cannot be read") !=
               std::string::npos);
    BOOST_TEST(refusal(ip_entry, {{"file", path}, {"field", "ip"}, {"take", {{"a", 5}}}})
                   .find("without a way to a value") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
