/** Where an owner makes and reads their application at AliExpress. */
export const CONSOLE = "https://openservice.aliexpress.com/";
