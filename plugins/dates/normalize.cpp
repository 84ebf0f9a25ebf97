// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/field_names.hpp"
#include "../packets/order_to_delete.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"
#include "date_format.hpp"
#include "date_reader.hpp"
#include "date_writer.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace dates_package
{
namespace
{

namespace json = penstock::json;

class normalize final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this, "fields", penstock::no_default,
        "The fields with dates; of several values each. Null stays null."};
    penstock::parameter<std::vector<std::string>> formats{
        *this,
        "formats",
        {"rfc3339", "rfc2822", "%FT%T", "%F %T", "%F"},
        "The formats that are tried in order: rfc3339, rfc2822, epoch (seconds since 1970), "
        "epoch_ms, or one of strptime, with names of months and days in English. A month or day "
        "that it lacks is the first. %y is of 1969 to 2068.",
        penstock::example{json::array{"%d/%b/%Y:%T %z", "%d.%m.%Y"}}};
    penstock::parameter<std::string> zone{*this, "zone", "UTC",
                                          "The zone of dates that do not tell theirs.",
                                          penstock::example{"Europe/Berlin"}};
    penstock::parameter<std::string> to{
        *this, "to", "rfc3339",
        "The format to write: one of these words, or of strftime. epoch and epoch_ms are numbers."};
    penstock::parameter<std::string> to_zone{*this, "to_zone", "UTC",
                                             "The zone whose clocks show what is written."};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "fail",
        "What becomes of a value that no format reads: its packet fails, or it stays as it is.",
        penstock::choices{"fail", "keep"}};

    void check(penstock::problems& found) const override
    {
        packets::check_names(found, fields);
        if (formats->empty())
            found.add(formats, "is empty; formats of dates were expected");
        for (std::size_t n = 0; n < formats->size(); ++n)
            if (const std::string& each = (*formats)[n]; !is_format_word(each))
                if (const std::string wrong = problem_of_format(each, format_use::reading);
                    !wrong.empty())
                    found.add("formats/" + std::to_string(n), wrong);
        if (!is_format_word(*to))
            if (const std::string wrong = problem_of_format(*to, format_use::writing);
                !wrong.empty())
                found.add(to, wrong);
        for (const auto* each : {&zone, &to_zone})
            try
            {
                (void)zone_of(**each);
            }
            catch (const std::runtime_error& error)
            {
                found.add(*each, error.what());
            }
    }

    void start() override
    {
        penstock::blocking(
            [this]
            {
                reader_.emplace(*formats, zone_of(*zone));
                writer_.emplace(*to, zone_of(*to_zone));
            });
    }

    void process(penstock::packet& packet) override
    {
        const bool may_fail = *on_failure == "fail" && !packets::is_order_to_delete(packet);
        for (const std::string& field : *fields)
            packets::change_values(packet, field,
                                   [&](json::value& value)
                                   {
                                       if (const auto when = reader_->read(value))
                                           value = writer_->write(*when);
                                       else if (may_fail && !value.is_null())
                                           throw penstock::field_error(
                                               "field \"" + field +
                                               "\": is no date; one of the formats was expected");
                                       return true;
                                   });
    }

    std::optional<date_reader> reader_;
    std::optional<date_writer> writer_;
};

} // namespace

extern constinit const penstock::component_entry normalize_entry =
    penstock::component_of<normalize>("normalize", penstock::category::transformer,
                                      "Reads dates in several formats, and writes them in one.");

} // namespace dates_package
