// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/stamp.hpp"

#include "fixtures.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>
#include <boost/version.hpp>

namespace penstock::host
{

namespace
{

/// What reading and checking a file's stamp says, without the name of the file.
std::string stamp_verdict(const std::string& file)
{
    const auto found = read_stamp(std::as_bytes(std::span(file)), "x.so");
    if (found.has_error())
        return to_string(found.error());
    const std::optional<problem> wrong = check(*found, "x.so");
    return wrong ? to_string(*wrong) : "fits";
}

std::string verdict_of(const std::string& name)
{
    return stamp_verdict(read_file(fixture(name)));
}

/// What follows what was expected of a package that must be built anew.
const std::string& mended()
{
    static const std::string preset = own_stamp().sanitizer == "address" ? "asan" : "release";
    static const std::string text = "; build it anew: cmake --fresh --preset " + preset +
                                    " && cmake --build --preset " + preset + " --clean-first";
    return text;
}

/// A copy of the sample in which the stamp has another text of the same length.
std::string sample_with(std::string_view text, std::string_view replacement)
{
    std::string file = read_file(fixture("sample"));
    BOOST_REQUIRE(text.size() == replacement.size());
    const std::size_t stamp = file.find("penstock-stamp=1\n");
    const std::size_t at = file.find(text, stamp);
    BOOST_REQUIRE(at != file.npos);
    return file.replace(at, text.size(), replacement);
}

} // namespace

BOOST_AUTO_TEST_SUITE(stamps)

BOOST_AUTO_TEST_CASE(tells_what_a_package_is)
{
    const std::string file = read_file(fixture("sample"));
    const auto found = read_stamp(std::as_bytes(std::span(file)), "x.so");
    BOOST_REQUIRE(found.has_value());
    stamp expected = own_stamp();
    expected.package = "sample";
    expected.version = "1.2.3";
    expected.licence = "Apache-2.0";
    BOOST_TEST((*found == expected));
    BOOST_TEST(!check(*found, "x.so").has_value());
    BOOST_TEST(found->boost == std::to_string(BOOST_VERSION));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_shared_library)
{
    BOOST_TEST(stamp_verdict("int main() {}\n") ==
               "x.so: is not a shared library; an ELF file was expected");
    BOOST_TEST(stamp_verdict("") == "x.so: is not a shared library; an ELF file was expected");
}

BOOST_AUTO_TEST_CASE(refuses_a_cut_off_file)
{
    const std::string file = read_file(fixture("sample"));
    BOOST_TEST(stamp_verdict(file.substr(0, file.size() / 2)) ==
               "x.so: is cut off or damaged; a complete ELF file was expected");
}

BOOST_AUTO_TEST_CASE(refuses_a_library_without_stamp)
{
    BOOST_TEST(verdict_of("no_stamp") == "x.so: is not a package: it has no stamp; "
                                         "what PENSTOCK_PACKAGE() writes was expected");
}

BOOST_AUTO_TEST_CASE(refuses_a_package_without_manifest)
{
    BOOST_TEST(verdict_of("no_manifest") == "x.so: exports no penstock_manifest; "
                                            "what PENSTOCK_PACKAGE() defines was expected");
}

BOOST_AUTO_TEST_CASE(refuses_another_magic)
{
    BOOST_TEST(verdict_of("wrong_magic") ==
               "x.so: its manifest begins with \"penstone\"; \"penstock\" was expected");
}

BOOST_AUTO_TEST_CASE(refuses_another_sdk)
{
    BOOST_TEST(verdict_of("other_sdk") == "x.so: is built for SDK ABI \"99\"; \"" +
                                              std::to_string(PENSTOCK_SDK_ABI) + "\" was expected" +
                                              mended());
}

BOOST_AUTO_TEST_CASE(refuses_another_boost)
{
    BOOST_TEST(verdict_of("other_boost") == "x.so: is built with Boost \"107400\"; \"" +
                                                std::to_string(BOOST_VERSION) + "\" was expected" +
                                                mended());
}

BOOST_AUTO_TEST_CASE(refuses_another_standard_library_abi)
{
    BOOST_TEST(verdict_of("other_strings") ==
               "x.so: is built with _GLIBCXX_USE_CXX11_ABI \"0\"; \"1\" was expected" + mended());
    BOOST_TEST(verdict_of("other_debug") == "x.so: is built with _GLIBCXX_DEBUG \"?\"; \"" +
                                                own_stamp().glibcxx_debug + "\" was expected" +
                                                mended());
}

BOOST_AUTO_TEST_CASE(refuses_another_sanitizer)
{
    BOOST_TEST(verdict_of("other_sanitizer") == "x.so: is built with the sanitizer \"memory\"; \"" +
                                                    own_stamp().sanitizer + "\" was expected" +
                                                    mended());
}

BOOST_AUTO_TEST_CASE(refuses_a_stamp_that_is_damaged)
{
    const std::string end = "; what PENSTOCK_PACKAGE() writes was expected";
    BOOST_TEST(stamp_verdict(sample_with("penstock-stamp=1", "penstock-stamp=2")) ==
               "x.so: its stamp is damaged: it begins with \"penstock-stamp=2\"" + end);
    BOOST_TEST(stamp_verdict(sample_with("licence=", "license=")) ==
               "x.so: its stamp is damaged: it lacks licence" + end);
    BOOST_TEST(stamp_verdict(sample_with("version=1.2.3", "package=1.2.3")) ==
               "x.so: its stamp is damaged: it has package twice" + end);
    BOOST_TEST(stamp_verdict(sample_with("version=1.2.3", "version 1.2.3")) ==
               "x.so: its stamp is damaged: it has the line \"version 1.2.3\"" + end);
    BOOST_TEST(stamp_verdict(sample_with("version=1.2.3", "version=1\x1b"
                                                          "2.3")) ==
               "x.so: its stamp is damaged: it has the line \"version=1\\x1b2.3\"" + end);
    BOOST_TEST(stamp_verdict(sample_with("package=sample", "package=Sample")) ==
               "x.so: its stamp is damaged: it names the package \"Sample\"" + end);
}

BOOST_AUTO_TEST_CASE(reads_keys_of_a_later_sdk_past)
{
    BOOST_TEST(stamp_verdict(sample_with("licence=Apache-2.0\n", "licence=A\nlater=12\n")) ==
               "fits");
}

BOOST_AUTO_TEST_CASE(reading_runs_nothing)
{
    const fixture_watch watch;
    for (const char* name : {"sample", "no_stamp", "no_manifest", "wrong_magic", "other_sdk"})
        verdict_of(name);
    BOOST_TEST(!watch.ran());
}

BOOST_AUTO_TEST_CASE(names_are_lower_case_words)
{
    BOOST_TEST(is_name("a"));
    BOOST_TEST(is_name("json_2"));
    for (const char* bad : {"", "A", "2a", "_a", "a-b", "a.b", "a b", "é"})
        BOOST_TEST(!is_name(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
