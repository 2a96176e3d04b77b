//! The words the made-up catalogue is written with: 40 categories on three levels, and what its titles and options are built from.
//! Only words; how they are drawn is in `catalog`.

/// One axis of variants: its English name and the values along it.
#[derive(Debug)]
pub(crate) struct Axis {
    pub(crate) name: &'static str,
    pub(crate) values: &'static [&'static str],
}

/// A level-3 category, and what the products in it are called.
#[derive(Debug)]
pub(crate) struct CategoryWords {
    /// Two letters used in SKUs.
    pub(crate) code: &'static str,
    pub(crate) first: &'static str,
    pub(crate) second: &'static str,
    pub(crate) third: &'static str,
    pub(crate) nouns: [&'static str; 4],
    pub(crate) materials: [&'static str; 3],
    pub(crate) chinese: &'static str,
    /// One or two axes.
    pub(crate) axes: &'static [&'static Axis],
}

// "Off-White" and "Navy-Blue" are there on purpose: splitting "Off-White-XL" on its dashes gives a third option that does not exist.
const COLOR_AXIS: Axis = Axis {
    name: "Color",
    values: &[
        "Black",
        "White",
        "Off-White",
        "Navy-Blue",
        "Sage",
        "Terracotta",
        "Beige",
        "Grey",
        "Pink",
        "Mustard",
        "Teal",
        "Brown",
    ],
};
const SIZE_AXIS: Axis = Axis {
    name: "Size",
    values: &[
        "S",
        "M",
        "L",
        "XL",
        "2XL",
        "3XL",
        "30x40cm",
        "40x60cm",
        "50x70cm",
        "60x90cm",
        "80x120cm",
        "100x150cm",
    ],
};
const CAPACITY_AXIS: Axis = Axis {
    name: "Capacity",
    values: &[
        "250ml", "350ml", "500ml", "650ml", "750ml", "1L", "1.2L", "1.5L", "2L", "2.5L", "3L", "5L",
    ],
};
const LENGTH_AXIS: Axis = Axis {
    name: "Length",
    values: &[
        "0.5m", "1m", "1.5m", "2m", "3m", "5m", "6m", "8m", "10m", "15m", "20m", "30m",
    ],
};
const PLUG_AXIS: Axis = Axis {
    name: "Plug",
    values: &[
        "EU", "US", "UK", "AU", "USB-C", "USB-A", "JP", "KR", "CH", "IT", "BR", "IL",
    ],
};
const MODEL_AXIS: Axis = Axis {
    name: "Model",
    values: &[
        "For 13",
        "For 13 Pro",
        "For 14",
        "For 14 Pro",
        "For 15",
        "For 15 Pro",
        "For 16",
        "For 16 Pro",
        "For S22",
        "For S23",
        "For S24",
        "For S25",
    ],
};
const COLOR: &[&Axis] = &[&COLOR_AXIS];
const SIZE: &[&Axis] = &[&SIZE_AXIS];
const CAPACITY: &[&Axis] = &[&CAPACITY_AXIS];
const LENGTH: &[&Axis] = &[&LENGTH_AXIS];
const PLUG: &[&Axis] = &[&PLUG_AXIS];
const COLOR_SIZE: &[&Axis] = &[&COLOR_AXIS, &SIZE_AXIS];
const COLOR_LENGTH: &[&Axis] = &[&COLOR_AXIS, &LENGTH_AXIS];
const COLOR_CAPACITY: &[&Axis] = &[&COLOR_AXIS, &CAPACITY_AXIS];
const MODEL_COLOR: &[&Axis] = &[&MODEL_AXIS, &COLOR_AXIS];

#[rustfmt::skip]
pub(crate) const ADJECTIVES: [&str; 32] = [
    "Airtight", "Portable", "Foldable", "Minimalist", "Vintage", "Nordic", "Waterproof", "Rechargeable",
    "Adjustable", "Lightweight", "Handmade", "Reusable", "Stackable", "Soft", "Compact", "Ergonomic",
    "Elegant", "Modern", "Rustic", "Durable", "Insulated", "Breathable", "Non-Slip", "Dimmable",
    "Multifunctional", "Quick-Dry", "Cute", "Premium", "Retro", "Large", "Mini", "Boho",
];

/// What a title may end with.
#[rustfmt::skip]
pub(crate) const USES: [&str; 16] = [
    "", "for Home", "for Travel", "for Office", "for Everyday Use", "for Outdoor", "for Small Spaces",
    "for Camping", "as a Gift", "for Families", "for Summer", "for Winter", "with Gift Box", "2-Piece",
    "for Beginners", "for Kids",
];

/// Flavours of the Chinese names.
pub(crate) const CHINESE: [&str; 8] = [
    "密封", "便携", "折叠", "简约", "复古", "防水", "家用", "创意",
];

const fn category(
    code: &'static str,
    path: [&'static str; 3],
    nouns: [&'static str; 4],
    materials: [&'static str; 3],
    chinese: &'static str,
    axes: &'static [&'static Axis],
) -> CategoryWords {
    CategoryWords {
        code,
        first: path[0],
        second: path[1],
        third: path[2],
        nouns,
        materials,
        chinese,
        axes,
    }
}

/// The tree, level 3, neighbours sharing their parents.
#[rustfmt::skip]
pub(crate) static CATEGORIES: [CategoryWords; 40] = [
    category("KJ", ["Home & Garden", "Kitchen", "Storage Jars"], ["Storage Jar", "Spice Jar", "Cookie Jar", "Canister Set"], ["Glass", "Ceramic", "Bamboo"], "收纳罐", CAPACITY),
    category("KT", ["Home & Garden", "Kitchen", "Kitchen Tools"], ["Vegetable Peeler", "Spatula", "Garlic Press", "Measuring Spoon"], ["Stainless Steel", "Silicone", "Beech Wood"], "厨房工具", COLOR),
    category("KW", ["Home & Garden", "Kitchen", "Tableware"], ["Dinner Plate", "Soup Bowl", "Coffee Mug", "Chopsticks"], ["Porcelain", "Stoneware", "Melamine"], "餐具", COLOR_SIZE),
    category("KB", ["Home & Garden", "Kitchen", "Bakeware"], ["Cake Mold", "Baking Tray", "Rolling Pin", "Muffin Pan"], ["Silicone", "Carbon Steel", "Walnut"], "烘焙模具", SIZE),
    category("LT", ["Home & Garden", "Lighting", "Table Lamps"], ["Table Lamp", "Desk Lamp", "Bedside Lamp", "Reading Lamp"], ["Linen", "Brass", "Rattan"], "台灯", PLUG),
    category("LN", ["Home & Garden", "Lighting", "Night Lights"], ["Night Light", "Moon Lamp", "Star Projector", "Motion Sensor Light"], ["Acrylic", "Silicone", "Wood"], "小夜灯", COLOR),
    category("LS", ["Home & Garden", "Lighting", "String Lights"], ["String Lights", "Fairy Lights", "Curtain Lights", "Lantern Chain"], ["Copper Wire", "Cotton", "Solar"], "灯串", LENGTH),
    category("GP", ["Home & Garden", "Garden", "Planters"], ["Flower Pot", "Hanging Planter", "Seed Tray", "Plant Stand"], ["Terracotta", "Concrete", "Metal"], "花盆", SIZE),
    category("GW", ["Home & Garden", "Garden", "Watering"], ["Watering Can", "Garden Hose", "Drip Irrigation Kit", "Plant Mister"], ["Galvanized", "Glass", "Recycled"], "浇水器", COLOR),
    category("HB", ["Home & Garden", "Home Textiles", "Bedding"], ["Duvet Cover", "Pillowcase", "Throw Blanket", "Fitted Sheet"], ["Cotton", "Bamboo Fiber", "Flannel"], "床上用品", COLOR_SIZE),
    category("HC", ["Home & Garden", "Home Textiles", "Cushions"], ["Cushion Cover", "Floor Cushion", "Seat Pad", "Neck Pillow"], ["Velvet", "Linen", "Boucle"], "靠垫", COLOR_SIZE),
    category("HT", ["Home & Garden", "Bathroom", "Bath Towels"], ["Bath Towel", "Hair Towel", "Bath Mat", "Hand Towel"], ["Microfiber", "Cotton", "Waffle"], "浴巾", COLOR_SIZE),
    category("TO", ["Bags & Travel", "Travel Accessories", "Travel Organizers"], ["Packing Cube", "Toiletry Bag", "Cable Organizer", "Shoe Bag"], ["Nylon", "Canvas", "Mesh"], "旅行收纳", COLOR_SIZE),
    category("TP", ["Bags & Travel", "Travel Accessories", "Travel Pillows"], ["Travel Pillow", "Sleep Mask", "Footrest", "Travel Blanket"], ["Memory Foam", "Silk", "Fleece"], "旅行枕", COLOR),
    category("TB", ["Bags & Travel", "Bags", "Backpacks"], ["Laptop Backpack", "Hiking Backpack", "Mini Backpack", "Rolltop Backpack"], ["Oxford", "Canvas", "Vegan Leather"], "双肩包", COLOR),
    category("TC", ["Bags & Travel", "Bags", "Crossbody Bags"], ["Crossbody Bag", "Sling Bag", "Phone Pouch", "Belt Bag"], ["Nylon", "Vegan Leather", "Corduroy"], "斜挎包", COLOR),
    category("EC", ["Consumer Electronics", "Phone Accessories", "Phone Cases"], ["Phone Case", "Wallet Case", "Card Holder", "Camera Cover"], ["Silicone", "Aramid", "Clear"], "手机壳", MODEL_COLOR),
    category("EH", ["Consumer Electronics", "Phone Accessories", "Chargers"], ["Charging Cable", "Wireless Charger", "Wall Charger", "Car Charger"], ["Braided", "Aluminum", "Magnetic"], "充电器", COLOR_LENGTH),
    category("EA", ["Consumer Electronics", "Audio", "Earphones"], ["Wireless Earbuds", "Neckband Earphones", "Over-Ear Headphones", "Earbud Case"], ["Matte", "Titanium", "Foam"], "耳机", COLOR),
    category("ES", ["Consumer Electronics", "Audio", "Speakers"], ["Bluetooth Speaker", "Shower Speaker", "Soundbar", "Party Speaker"], ["Fabric", "Bamboo", "Aluminum"], "音箱", COLOR),
    category("EW", ["Consumer Electronics", "Wearables", "Smart Watches"], ["Smart Watch", "Fitness Tracker", "Watch Strap", "Watch Charger"], ["Stainless Steel", "Silicone", "Nylon"], "智能手表", COLOR_SIZE),
    category("PD", ["Pet Supplies", "Dogs", "Dog Leashes"], ["Dog Leash", "Dog Harness", "Dog Collar", "Training Lead"], ["Nylon", "Leather", "Reflective"], "狗绳", COLOR_SIZE),
    category("PB", ["Pet Supplies", "Dogs", "Dog Beds"], ["Dog Bed", "Cooling Mat", "Pet Sofa", "Crate Pad"], ["Plush", "Corduroy", "Memory Foam"], "狗窝", COLOR_SIZE),
    category("PC", ["Pet Supplies", "Cats", "Cat Toys"], ["Cat Wand", "Scratching Post", "Catnip Mouse", "Laser Toy"], ["Sisal", "Felt", "Feather"], "猫玩具", COLOR),
    category("PF", ["Pet Supplies", "Feeding", "Pet Feeders"], ["Pet Fountain", "Slow Feeder", "Elevated Bowl", "Food Dispenser"], ["Ceramic", "Stainless Steel", "Wheat Straw"], "宠物喂食器", CAPACITY),
    category("BM", ["Beauty & Health", "Makeup", "Makeup Brushes"], ["Makeup Brush", "Powder Puff", "Brush Set", "Eyelash Curler"], ["Synthetic", "Bamboo", "Velvet"], "化妆刷", COLOR),
    category("BS", ["Beauty & Health", "Skin Care", "Face Rollers"], ["Face Roller", "Gua Sha", "Ice Globe", "Cleansing Brush"], ["Jade", "Rose Quartz", "Steel"], "滚轮", COLOR),
    category("BH", ["Beauty & Health", "Hair", "Hair Accessories"], ["Hair Clip", "Scrunchie", "Headband", "Hair Brush"], ["Silk", "Acetate", "Satin"], "发饰", COLOR),
    category("BF", ["Beauty & Health", "Massage", "Massagers"], ["Neck Massager", "Foot Roller", "Massage Gun", "Acupressure Mat"], ["Wood", "Silicone", "Cotton"], "按摩器", PLUG),
    category("SY", ["Sports & Outdoors", "Yoga", "Yoga Mats"], ["Yoga Mat", "Yoga Block", "Stretching Strap", "Pilates Ring"], ["Cork", "Natural Rubber", "Foam"], "瑜伽垫", COLOR_SIZE),
    category("SC", ["Sports & Outdoors", "Camping", "Camping Gear"], ["Camping Chair", "Camping Lantern", "Hammock", "Cooking Pot Set"], ["Aluminum", "Ripstop", "Titanium"], "露营装备", COLOR),
    category("SB", ["Sports & Outdoors", "Cycling", "Bike Accessories"], ["Bike Light", "Bottle Cage", "Saddle Bag", "Phone Mount"], ["Carbon", "Aluminum", "Waterproof"], "自行车配件", COLOR),
    category("SW", ["Sports & Outdoors", "Drinkware", "Water Bottles"], ["Water Bottle", "Travel Mug", "Shaker Bottle", "Straw Tumbler"], ["Stainless Steel", "Glass", "Tritan"], "水壶", COLOR_CAPACITY),
    category("YP", ["Toys & Kids", "Toys", "Puzzles"], ["Jigsaw Puzzle", "Wooden Puzzle", "Magic Cube", "Brain Teaser"], ["Wood", "Cardboard", "Magnetic"], "拼图", SIZE),
    category("YL", ["Toys & Kids", "Toys", "Plush Toys"], ["Plush Bear", "Plush Dinosaur", "Weighted Plush", "Plush Bunny"], ["Cotton", "Fleece", "Organic"], "毛绒玩具", SIZE),
    category("YB", ["Toys & Kids", "Baby", "Baby Bibs"], ["Baby Bib", "Teether", "Snack Cup", "Pacifier Clip"], ["Silicone", "Muslin", "Beech Wood"], "围兜", COLOR),
    category("WT", ["Fashion", "Women's Clothing", "T-Shirts"], ["Graphic Tee", "Crop Top", "Oversized T-Shirt", "Long Sleeve Tee"], ["Cotton", "Ribbed", "Organic"], "T恤", COLOR_SIZE),
    category("WS", ["Fashion", "Accessories", "Scarves"], ["Scarf", "Shawl", "Beanie", "Gloves"], ["Wool", "Cashmere", "Silk"], "围巾", COLOR),
    category("JN", ["Fashion", "Jewelry", "Necklaces"], ["Pendant Necklace", "Choker", "Layered Necklace", "Pearl Necklace"], ["Gold Plated", "Sterling Silver", "Freshwater"], "项链", COLOR_LENGTH),
    category("OD", ["Office & School", "Desk", "Desk Organizers"], ["Desk Organizer", "Pen Holder", "Monitor Stand", "Drawer Divider"], ["Bamboo", "Mesh", "Acrylic"], "桌面收纳", COLOR_SIZE),
];

/// People who do not exist, at addresses that do not exist: (name, ISO country, country, province, city, street, zip, phone).
#[rustfmt::skip]
pub(crate) const PEOPLE: [[&str; 8]; 8] = [
    ["Lena Beispiel", "DE", "Germany", "Berlin", "Berlin", "Beispielstr. 1", "10115", "+49 30 0000000"],
    ["Jean Exemple", "FR", "France", "Rhône", "Lyon", "12 rue de l'Exemple", "69000", "+33 4 00 00 00 00"],
    ["Ann Sample", "US", "United States", "Ohio", "Exampletown", "7 Sample Road", "43000", "+1 000 000 0000"],
    ["Tom Specimen", "GB", "United Kingdom", "Kent", "Sampleford", "3 Specimen Lane", "ZZ1 1ZZ", "+44 0000 000000"],
    ["María Ejemplo", "ES", "Spain", "Madrid", "Madrid", "Calle Ejemplo 5", "28000", "600000000"],
    ["Luca Esempio", "IT", "Italy", "Lazio", "Roma", "Via Esempio 9", "00100", "+39 000 0000000"],
    ["Eva Voorbeeld", "NL", "Netherlands", "Utrecht", "Utrecht", "Voorbeeldlaan 2", "3500 AA", "+31 00 0000000"],
    ["Zoé Modèle", "CA", "Canada", "Quebec", "Montreal", "8 rue du Modèle", "H0H 0H0", "+1 000 000 0001"],
];
