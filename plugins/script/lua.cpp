// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "../lua/limits.hpp"
#include "../lua/state.hpp"
#include "program.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace script_package
{
namespace
{

class lua_script final : public penstock::transformer
{
    penstock::parameter<std::optional<std::string>> script{
        *this, "script", std::nullopt,
        "The text of the script. It has a function process, which gets a packet and returns it, "
        "another, a list of packets, or nil to drop it; it may call fail with a reason.",
        penstock::example{"function process(packet)\n  packet.title = packet.title:upper()\n  "
                          "return packet\nend"}};
    penstock::parameter<std::optional<std::string>> file{
        *this, "file", std::nullopt, "The file of the script, in place of its text.",
        penstock::example{"clean.lua"}};
    penstock::parameter<std::optional<std::string>> modules{
        *this, "modules", std::nullopt, "The folder of what the script may require.",
        penstock::example{"lua"}};
    lua::limit_parameters limits{*this};

    void check(penstock::problems& found) const override
    {
        std::error_code error;
        if (script->has_value() == file->has_value())
            found.add(script, script->has_value() ? "is given beside file; one of them was expected"
                                                  : "is missing; it or file was expected");
        else if (file->has_value() && !std::filesystem::is_regular_file(**file, error))
            found.add(file, "\"" + **file + "\" cannot be read; a file was expected");
        if (modules->has_value() && !std::filesystem::is_directory(**modules, error))
            found.add(modules, "\"" + **modules + "\" is no folder; one was expected");
        if (found.empty())
            check_program(found);
    }

    // What the script does when it is loaded shows whether it can be. A check takes a second at
    // most, whatever a packet may take.
    void check_program(penstock::problems& found) const
    {
        lua::limits most = limits.value();
        most.timeout = std::min(most.timeout, lua::limits().timeout);
        try
        {
            const program made(script->has_value() ? **script : read_text(**file), "script",
                               modules->has_value() ? read_modules(**modules) : module_texts(),
                               most, program::extent::definitions);
        }
        catch (const module_error& error)
        {
            found.add(modules, error.what());
        }
        catch (const std::exception& error)
        {
            constexpr std::string_view name = "script: ";
            std::string wrong = error.what();
            if (wrong.starts_with(name))
                wrong.erase(0, name.size());
            if (script->has_value())
                found.add(script, wrong);
            else
                found.add(file, wrong);
        }
    }

    void start() override
    {
        penstock::blocking(
            [this]
            {
                text_ = script->has_value() ? **script : read_text(**file);
                if (modules->has_value())
                    modules_ = read_modules(**modules);
            });
        begin();
    }

    // On a thread of the pool, whose stack is larger than a fiber's.
    void begin()
    {
        program_ = penstock::blocking(
            [this]
            {
                const std::string name =
                    file->has_value() ? std::filesystem::path(**file).filename() : "script";
                return std::make_unique<program>(text_, name, modules_, limits.value());
            });
    }

    void process(penstock::packet& packet) override
    {
        if (program_ == nullptr)
            begin();
        try
        {
            send(packet, program_->process(packet));
        }
        catch (const lua::limit_reached&)
        {
            program_.reset(); // what it holds may be half made
            throw;
        }
    }

    void send(penstock::packet& packet, result found)
    {
        if (!found.refused && found.order == std::vector<std::size_t>{0} && found.made.empty())
            return; // it is sent on by the base
        std::vector<bool> is_sent(found.made.size(), false);
        penstock::packet parent = std::move(packet); // it lives on in what was made of it
        if (found.refused)
            fail(std::move(parent), std::move(*found.refused));
        else if (found.order.empty())
            drop(std::move(parent));
        for (const std::size_t place : found.order)
        {
            if (place > 0)
                is_sent[place - 1] = true;
            out.send(std::move(place == 0 ? parent : found.made[place - 1]));
        }
        for (std::size_t n = 0; n < found.made.size(); ++n)
            if (!is_sent[n])
                drop(std::move(found.made[n]));
    }

    std::string text_;
    module_texts modules_;
    std::unique_ptr<program> program_; // none after a limit, until the next packet
};

} // namespace

extern constinit const penstock::component_entry lua_entry = penstock::component_of<lua_script>(
    "lua", penstock::category::transformer, "Changes, splits or drops packets by a script of Lua.");

} // namespace script_package
