// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../packets/order_to_delete.hpp"
#include "../packets/text_values.hpp"

#include <penstock/component.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace text_package
{

/// A component that changes the list of values of one field, as programs of Unix change the lines of
/// a text. Packets without the field, and orders to delete, go on as they are.
class value_lines : public penstock::component
{
protected:
    /// Changes the values; returns whether the packet goes on, else it is dropped. Throws
    /// std::invalid_argument for values that it cannot change. [the component's own fiber; in the
    /// pool for blocking work if the values are long]
    [[nodiscard]] virtual bool change(std::vector<penstock::json::value>& values) = 0;

    /// Tells more about what was changed last, in its packet. [the component's own fiber]
    virtual void tell(penstock::packet& /*packet*/) {}

    /// Whether the field has several values behind this even if it is one.
    [[nodiscard]] virtual bool makes_several() const { return false; }

    /// A value as text: that of a text, else its JSON, which is put into `buffer`. Throws
    /// std::invalid_argument for what JSON cannot hold.
    [[nodiscard]] static std::string_view text_of(const penstock::json::value& value,
                                                  std::string& buffer)
    {
        if (const penstock::json::string* text = value.if_string())
            return *text;
        return buffer = penstock::write_json(value);
    }

    /// Adds what is wrong with the parameters.
    void check(penstock::problems& found) const override
    {
        if (field->empty())
            found.add(field, "is empty; the name of a field was expected");
    }

    penstock::input in{*this, "in"};
    penstock::output out{*this, "out", "The packets, with other values."};
    penstock::parameter<std::string> field{*this, "field", "text", "The field with the values."};
    penstock::parameter<std::string> to{*this, "to", "",
                                        "The field that gets them. If empty, it is the same."};

private:
    void run() final
    {
        while (auto packet = in.receive())
        {
            if (!packet->has(*field) || packets::is_order_to_delete(*packet))
            {
                out.send(std::move(*packet));
                continue;
            }
            bool goes_on = true;
            std::string wrong;
            try
            {
                goes_on = change_field(*packet);
            }
            catch (const std::invalid_argument& error)
            {
                wrong = "field \"" + *field + "\": " + error.what();
            }
            if (!wrong.empty())
                fail(std::move(*packet), std::move(wrong));
            else if (goes_on)
                out.send(std::move(*packet));
            else
                drop(std::move(*packet));
        }
    }

    // What is in lists and objects is not counted, but taken to be long.
    static bool are_long(const std::vector<penstock::json::value>& values)
    {
        constexpr std::size_t size_of_value = 16;
        std::size_t size = 0;
        for (const penstock::json::value& each : values)
        {
            size += size_of_value;
            if (const penstock::json::string* text = each.if_string())
                size += text->size();
            else if (each.is_structured())
                return true;
        }
        return size >= packets::long_text;
    }

    bool change_field(penstock::packet& packet)
    {
        const penstock::json::array before = packet.values(*field);
        std::vector<penstock::json::value> values(before.begin(), before.end());
        const bool goes_on =
            are_long(values) ? penstock::blocking([&] { return change(values); }) : change(values);
        if (!goes_on)
            return false;
        tell(packet);
        const std::string& into = to->empty() ? *field : *to;
        if (values.size() == 1 && !makes_several() && !packet.is_multivalued(*field))
            packet.set(into, std::move(values.front()));
        else
            packet.set_values(into, penstock::json::array(values.begin(), values.end()));
        return true;
    }
};

} // namespace text_package
