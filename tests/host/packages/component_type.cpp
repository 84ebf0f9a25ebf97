// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/component_type.hpp"

#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

namespace
{

json::object described(const char* id)
{
    const temporary_folder folder;
    copy_fixture("sample", folder / "sample.so");
    const auto type = catalogue({{folder.path(), true}}).find(id);
    BOOST_REQUIRE(type != nullptr);
    return component_json(*type);
}

} // namespace

BOOST_AUTO_TEST_SUITE(component_types)

BOOST_AUTO_TEST_CASE(shows_ports_with_the_implicit_one_and_parameters_in_order)
{
    BOOST_TEST(
        write_json(described("sample/pass")) ==
        R"({"component":"sample/pass","category":"transformer","summary":"Passes packets on.",)"
        R"("package":"sample","version":"1.2.3","licence":"Apache-2.0",)"
        R"("inputs":[{"name":"in","help":"What to pass on."}],)"
        R"("outputs":[{"name":"out"},{"name":"error","implicit":true}],)"
        R"("params":{"type":"object","properties":{)"
        R"("greeting":{"type":"string","default":"hello","description":"What to say."},)"
        R"("count":{"type":"integer","minimum":1,"maximum":10,"default":3,)"
        R"("description":"How often."},)"
        R"("words":{"type":"array","items":{"type":"string"},"default":[],)"
        R"("description":"What else to say."}},"additionalProperties":false},)"
        R"("component_version":"1.2.3","status":"stable"})");
}

BOOST_AUTO_TEST_CASE(shows_version_age_and_status_of_a_component)
{
    const json::object publish = described("sample/publish");
    BOOST_TEST(publish.at("version") == "1.2.3"); // the package's
    BOOST_TEST(publish.at("component_version") == "0.4.0");
    BOOST_TEST(publish.at("since") == "1.2.0");
    BOOST_TEST(publish.at("status") == "beta");
    BOOST_TEST(!publish.contains("use"));
    const json::object old = described("sample/old_write");
    BOOST_TEST(old.at("status") == "deprecated");
    BOOST_TEST(old.at("use") == "sample/write");
}

BOOST_AUTO_TEST_CASE(names_the_parameters_that_every_graph_must_give)
{
    const json::object params = described("sample/write").at("params").as_object();
    BOOST_TEST(write_json(params.at("required")) == R"(["path"])");
}

BOOST_AUTO_TEST_CASE(a_source_has_no_error_output)
{
    const json::object source = described("sample/source");
    BOOST_TEST(write_json(source.at("outputs")) == R"([{"name":"out"}])");
    BOOST_TEST(source.at("source").as_bool());
}

BOOST_AUTO_TEST_CASE(shows_what_an_adapter_takes)
{
    const json::object read = described("sample/read");
    BOOST_TEST(write_json(read.at("accepts")) == R"(["application/json","text/*"])");
    BOOST_TEST(read.at("takes_triggers").as_bool());
    BOOST_TEST(!read.contains("source"));
}

BOOST_AUTO_TEST_CASE(shows_optional_inputs_families_and_the_need_for_the_whole_graph)
{
    BOOST_TEST(write_json(described("sample/join").at("inputs")) ==
               R"([{"name":"left"},{"name":"right","optional":true}])");
    BOOST_TEST(write_json(described("sample/split").at("output_families")) == R"(["to"])");
    BOOST_TEST(described("sample/window").at("whole_graph").as_bool());
    BOOST_TEST(described("sample/tally").at("state").as_bool());
    BOOST_TEST(described("sample/tally_each").at("state_by_key").as_bool());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
