#include <penstock/sdk.hpp>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace placeholder_package
{

class placeholder final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<std::string> path{*this, "path", penstock::no_default,
                                          "The file that lines are added to."};

    void run() override
    {
        while (auto batch = in.receive_some(1000, std::chrono::milliseconds(100)))
        {
            std::string lines;
            for (const penstock::packet& packet : batch)
                lines += penstock::write_json(packet.fields()) + '\n';
            penstock::blocking([&] { append(lines); });
            for (penstock::packet& packet : batch) // only now, when their lines are written
                deliver(std::move(packet));
        }
    }

    void append(const std::string& lines) const
    {
        std::ofstream file(*path, std::ios::app | std::ios::binary);
        if (!file.write(lines.data(), static_cast<std::streamsize>(lines.size())).flush())
            throw std::runtime_error(*path + ": cannot be written");
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::publisher, "Adds packets to a file, a line of JSON each."))
