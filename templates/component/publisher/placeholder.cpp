#include <penstock/sdk.hpp>

#include <fstream>
#include <string>

namespace placeholder_package
{

class placeholder final : public penstock::publisher
{
    penstock::parameter<std::string> path{*this, "path", penstock::no_default,
                                          "The file that lines are added to."};

    // When it returns, all are delivered.
    void write(penstock::batch& batch) override
    {
        std::string lines;
        for (const penstock::packet& packet : batch)
        {
            packet.write_fields(lines);
            lines += '\n';
        }
        penstock::blocking([&] { append(lines); });
    }

    void append(const std::string& lines) const
    {
        std::ofstream file(*path, std::ios::app | std::ios::binary);
        if (!file.write(lines.data(), static_cast<std::streamsize>(lines.size())).flush())
            throw penstock::unavailable(*path + ": cannot be written"); // no packet is to blame
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::publisher, "Adds packets to a file, a line of JSON each."))
